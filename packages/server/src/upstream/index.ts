import type { Clock } from '../clock.ts'
import type { AnyProviderConfig } from '../config/types.ts'
import { type Upstream, UpstreamError } from './contract.ts'
import { withBreaker } from './net/breaker.ts'
import { createGuardedFetch, type GuardedFetch } from './net/guarded-fetch.ts'
import { timedFetch } from './net/timed-fetch.ts'
import { createOAuth1Upstream } from './oauth1/index.ts'
import { createOAuth2Upstream } from './oauth2.ts'
import { createOidcUpstream } from './oidc.ts'
import type { ProviderContext } from './provider-context.ts'

export { asciiDomain } from './admission.ts'
export { reservedAuthorizeParams } from './authorization-url.ts'
export { parseEmail } from './claims.ts'
export {
  type Credentials,
  type HeldForRefresh,
  type Introspected,
  type JourneyProof,
  type ProviderData,
  type SignedRequest,
  type TokenSigning,
  type Tokens,
  type Upstream,
  UpstreamError,
  type UpstreamFailure,
  type UpstreamIdentity,
  type UpstreamRequest,
  type ValidatedCallback,
} from './contract.ts'
export type { LogoutToken } from './logout-token.ts'
export { withBreaker } from './net/breaker.ts'
export { createGuardedFetch, type GuardedFetch } from './net/guarded-fetch.ts'
export { createGuardedStream, type GuardedStream, type StreamedResponse } from './net/guarded-stream.ts'
export { mergedData } from './provider-data.ts'

export { type NoteOutcome, watched } from './watched.ts'

/** What is told of requests to providers. */
export interface CallWatcher {
  /** The status of the answer, or the reason why there was none, after so many milliseconds. */
  call(provider: string, outcome: number | string, ms: number): void
  breaker(provider: string, open: boolean): void
}

export interface UpstreamsDeps {
  clock: Clock
  /** Private and loopback provider hosts; see `createGuardedFetch`. */
  allowPrivate: boolean
  /** Default: a guarded fetch shared by all providers. Each gets its own breaker before it. */
  fetch?: GuardedFetch
  /** Told of what failed at a provider and held up nobody: renewals while the old still serves, an address that may miss. */
  logger?: { warn(fields: Record<string, unknown>, message: string): void }
  /** Told of each request that was sent to a provider, and of its breaker. */
  watch?: CallWatcher | undefined
}

/**
 * The configured providers by id. Nothing is fetched until one is used, and a provider that is broken breaks
 * nothing of another.
 *
 * @throws LatchkeyError `invalid_configuration`, `unknown_quirk`
 */
export function createUpstreams(providers: AnyProviderConfig[], deps: UpstreamsDeps): Map<string, Upstream> {
  const { clock, allowPrivate, logger, watch } = deps
  const shared = deps.fetch ?? createGuardedFetch({ allowPrivate })
  return new Map(
    providers.map((provider) => {
      const onBackgroundFailure = (error: unknown): void => {
        const reason = error instanceof UpstreamError ? error.reason : 'unexpected'
        logger?.warn(
          { provider: provider.id, reason, err: error },
          'a provider failed at something that can wait',
        )
      }
      const { id } = provider
      const sent = watch === undefined ? shared : timedFetch(shared, (...how) => watch.call(id, ...how))
      const onChange = watch && ((open: boolean) => watch.breaker(id, open))
      const context = {
        fetch: withBreaker(sent, { clock, onChange }),
        clock,
        allowPrivate,
        onBackgroundFailure,
      }
      return [provider.id, createUpstream(provider, context)] as const
    }),
  )
}

function createUpstream(provider: AnyProviderConfig, context: ProviderContext): Upstream {
  switch (provider.type) {
    case 'oidc':
      return createOidcUpstream(provider, context)
    case 'oauth2':
      return createOAuth2Upstream(provider, context)
    case 'oauth1':
      return createOAuth1Upstream(provider, context)
  }
}
