import { refusalOf } from './call.ts'
import { VaultError } from './error.ts'
import type { VaultConfig } from './options.ts'
import type { WithToken } from './service-token.ts'

/** Latchkey says by it that an answer is the provider's. */
const sign = 'latchkey-upstream'

/** Calls the API of a connection's provider by way of Latchkey, which adds the token. */
export type Through = (connectionId: string, url: URL, init: RequestInit) => Promise<Response>

export function createThrough({ base, fetch }: VaultConfig, withToken: WithToken): Through {
  return (connectionId, url, init) => {
    const path = `${encodeURIComponent(connectionId)}/proxy/${url.host}${url.pathname}${url.search}`
    return withToken(
      async (token) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${token}`)
        const response = await reached(() =>
          // This service's own token is for Latchkey alone.
          fetch(`${base}/vault/connections/${path}`, { ...init, headers, redirect: 'manual' }),
        )
        if (response.headers.has(sign)) return response
        throw await refusalOf(response)
      },
      // A stream is spent by the first attempt.
      { again: !(init.body instanceof ReadableStream) },
    )

    async function reached(call: () => Promise<Response>): Promise<Response> {
      try {
        return await call()
      } catch (cause) {
        if (init.signal?.aborted === true) throw cause
        throw new VaultError('temporarily_unavailable', { cause, connectionId })
      }
    }
  }
}
