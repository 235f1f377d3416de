import { RedirectError } from '../errors.ts'
import { StorageError } from '../storage/index.ts'
import type { UpstreamError } from '../upstream/index.ts'
import type { Intent } from './journey.ts'

/** What the person is at, in the words of an error. */
export const doing = ({ kind }: Intent): 'signing in' | 'connecting' =>
  kind === 'connect' ? 'connecting' : 'signing in'

const told = {
  access_denied: (what: string) => `${what} was refused`,
  temporarily_unavailable: () => 'the provider could not be reached; try again in a moment',
  provider_error: () => 'the provider answered in a way that cannot be trusted',
}

/** What the SPA hears of a provider's failure: a fixed code and text. The reason stays in our log. */
export function redirectErrorOf(error: UpstreamError, intent: Intent): RedirectError {
  return new RedirectError(error.failure, told[error.failure](doing(intent)), {
    detail: error.summary,
    cause: error,
  })
}

/** What the SPA hears where the database failed: that is no fault of the journey. */
export const storageDown = (cause: StorageError, intent: Intent): RedirectError =>
  new RedirectError(
    'temporarily_unavailable',
    `${doing(intent)} is not possible right now; try again in a moment`,
    { detail: `storage: ${cause.code}`, cause },
  )

/** For a `catch`: makes a failure of the database one for the SPA to hear. */
export const rethrowForSpa =
  (intent: Intent) =>
  (error: unknown): never => {
    throw error instanceof StorageError ? storageDown(error, intent) : error
  }
