import { UpstreamError } from '../contract.ts'
import type { GuardedFetch } from './guarded-fetch.ts'

/** The same fetch, whose calls are told of: the status of the answer or the reason why there was none, and the time. */
export function timedFetch(
  fetch: GuardedFetch,
  told: (outcome: number | string, ms: number) => void,
): GuardedFetch {
  return async (url, init) => {
    const began = performance.now()
    try {
      const response = await fetch(url, init)
      told(response.status, performance.now() - began)
      return response
    } catch (error) {
      told(error instanceof UpstreamError ? error.reason : 'unexpected', performance.now() - began)
      throw error
    }
  }
}
