import { type Upstream, UpstreamError } from './contract.ts'

/** Told how each request to a provider went: `ok`, or the failure's reason. */
export type NoteOutcome = (provider: string, outcome: string) => void

/**
 * The same provider, whose answers are noted. What a browser brought is none: whoever likes could have made it up. Nor is
 * a person who said no.
 */
export function watched(upstream: Upstream, note: NoteOutcome): Upstream {
  const noting = async <T>(work: Promise<T>, good?: 'ok'): Promise<T> => {
    try {
      const value = await work
      if (good !== undefined) note(upstream.id, good)
      return value
    } catch (error) {
      if (error instanceof UpstreamError && error.failure !== 'access_denied') note(upstream.id, error.reason)
      throw error
    }
  }
  const { requestCredentials } = upstream
  return {
    ...upstream,
    // It may have asked nothing, so that all is well is no news.
    authorizationUrl: (request) => noting(upstream.authorizationUrl(request)),
    ...(requestCredentials && {
      requestCredentials: (request) => noting(requestCredentials(request)),
    }),
    exchange: (callback, proof) => noting(upstream.exchange(callback, proof), 'ok'),
    refresh: (held) => noting(upstream.refresh(held), 'ok'),
  }
}
