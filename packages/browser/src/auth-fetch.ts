import { bareRequest, type Context, sendSigned, wantsNonce } from './request.ts'
import type { Session } from './session.ts'

/**
 * `fetch` that signs the request with the user's token and a proof, for the configured origins only; other origins get
 * a plain `fetch`. A refused token is renewed and tried once more.
 */
export function createAuthFetch(context: Context, session: Session): typeof fetch {
  // Origins that refused a renewed token too: another would not help them.
  const refusing = new Set<string>()
  return async (input, init) => {
    const asked = new Request(input, init)
    const { origin } = new URL(asked.url)
    if (!context.origins.includes(origin)) return context.fetch(asked)

    const request = bareRequest(asked)
    const { signal } = request
    for (let fresh = false; ; fresh = true) {
      const { key, token } = await session.credentials({ signal, fresh })
      const response = await sendSigned(context, request, 'call', key, token)
      if (response.status !== 401) refusing.delete(origin)
      else if (fresh) refusing.add(origin)
      else if (!refusing.has(origin) && !(await wantsNonce(response))) continue
      return response
    }
  }
}
