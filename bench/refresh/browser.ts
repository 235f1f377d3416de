import type { Connections } from '../signin/connections.ts'
import { createBrowser, form, formType, member } from '../signin/http.ts'
import { createProofKey, type ProofKey, prove } from '../signin/proof.ts'

/** A browser that is signed in, and keeps its session by refreshing it. */
export interface SignedInBrowser {
  /** Refreshes once and keeps the successor; the access token. Throws when anything is not as it should be. */
  refresh(connections: Connections): Promise<string>
  /** RFC 7638. */
  thumbprint: string
}

/** What a server's token endpoint is told beside the token. */
export interface Endpoint {
  url: string
  /** The SPA's origin. */
  origin: string
}

/** @param signIn makes the first refresh token for a key, and says the server's nonce if it knows one */
export async function signedInBrowser(
  { url, origin }: Endpoint,
  signIn: (key: ProofKey) => Promise<string>,
): Promise<SignedInBrowser> {
  const key = createProofKey()
  let token = await signIn(key)
  let nonce: string | undefined

  return {
    thumbprint: key.thumbprint,
    async refresh(connections) {
      const browser = createBrowser(connections)
      const body = form({ grant_type: 'refresh_token', client_id: 'web', refresh_token: token })
      const send = () =>
        browser.send(url, {
          method: 'POST',
          headers: { ...formType, origin, dpop: prove(key, url, nonce) },
          body,
        })
      let reply = await send()
      nonce = reply.headers['dpop-nonce'] ?? nonce
      // The first time, and now and then when the server's nonce changes.
      if (reply.status !== 200 && reply.body.includes('use_dpop_nonce')) reply = await send()
      if (reply.status !== 200) throw new Error(`token: ${reply.status} ${reply.body.slice(0, 300)}`)
      const successor = member(reply, 'refresh_token')
      if (successor === token) throw new Error('the refresh token did not rotate')
      token = successor
      return member(reply, 'access_token')
    },
  }
}
