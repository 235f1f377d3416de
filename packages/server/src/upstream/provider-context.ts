import type { Clock } from '../clock.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'

/** What a provider's upstream is given to work with. */
export interface ProviderContext {
  /** Guarded, behind this provider's own breaker. */
  fetch: GuardedFetch
  clock: Clock
  allowPrivate: boolean
  /** Told of failures that hold up no request. */
  onBackgroundFailure: (error: unknown) => void
}
