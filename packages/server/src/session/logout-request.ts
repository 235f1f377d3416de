import type { ClientConfig } from '../config/types.ts'
import type { IdTokenHint } from './id-token-hint.ts'

/** Where the browser goes once it is signed out. */
export interface WayBack {
  /** Exactly one of the client's `post_logout_redirect_uris`. */
  uri?: string
  /** The app's own, for that address. */
  state?: string
  /** An address was asked for that is not registered: nobody is sent there. */
  unregistered: boolean
}

export type LogoutDecision =
  /** The request contradicts itself: nothing is done. */
  | { kind: 'refuse'; description: string }
  /** It names no session that we could believe in. `back` is an address of the client's own. */
  | { kind: 'ask'; hint: 'missing' | 'invalid'; client?: ClientConfig; back?: string }
  | { kind: 'end'; hint: IdTokenHint; client: ClientConfig; way: WayBack }

/** Bytes, as at the authorization endpoint. */
const longestState = 512

/**
 * What a logout request (OpenID Connect RP-Initiated Logout 1.0 section 2) asks for. No cookie of ours knows who sits at
 * the browser, so only a hint names a session. A parameter without a value counts as left out (RFC 6749 section 3.1).
 */
export function decideLogout(
  params: URLSearchParams,
  hint: IdTokenHint | 'missing' | 'invalid',
  clients: ReadonlyMap<string, ClientConfig>,
): LogoutDecision {
  const one = (name: string): string | undefined => params.get(name) || undefined
  const state = one('state')
  const clientId = one('client_id')
  const asked = one('post_logout_redirect_uri')
  if (Buffer.byteLength(state ?? '') > longestState) {
    return { kind: 'refuse', description: 'state is longer than 512 bytes.' }
  }
  const hinted = typeof hint === 'string' ? undefined : hint.clientId
  if (hinted !== undefined && clientId !== undefined && clientId !== hinted) {
    return { kind: 'refuse', description: 'The session belongs to another app than the one that asks.' }
  }
  const client = clients.get(hinted ?? clientId ?? '')
  const uri = client?.postLogoutRedirectUris.find((registered) => registered === asked)

  if (typeof hint === 'string' || client === undefined) {
    return {
      kind: 'ask',
      hint: typeof hint === 'string' ? hint : 'invalid',
      ...(client === undefined ? {} : { client }),
      // Without `state`: to the app it would say that its sign-out was done.
      ...(uri === undefined ? {} : { back: uri }),
    }
  }
  return {
    kind: 'end',
    hint,
    client,
    way: {
      unregistered: asked !== undefined && uri === undefined,
      ...(uri === undefined ? {} : { uri }),
      ...(uri === undefined || state === undefined ? {} : { state }),
    },
  }
}
