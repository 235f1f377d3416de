import { bareRequest, type Context, sendSigned, wantsNonce } from './request.ts'
import type { Session } from './session.ts'

/** Signs requests with the user's token and a proof. A refused token is renewed and tried once more. */
export function createSender(context: Context, session: Session): (request: Request) => Promise<Response> {
  // Origins that refused a renewed token too: another would not help them.
  const refusing = new Set<string>()
  return async (request) => {
    const { signal, url } = request
    const { origin } = new URL(url)
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

/** `fetch` that signs what goes to the configured origins, once it is known who is there; others get a plain `fetch`. */
export function createAuthFetch(
  { fetch, origins }: Context,
  send: (request: Request) => Promise<Response>,
  known: Promise<unknown>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, init)
    if (!origins.includes(new URL(asked.url).origin)) return fetch(asked)
    await known
    return send(bareRequest(asked))
  }
}
