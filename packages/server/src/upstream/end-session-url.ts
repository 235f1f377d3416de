import type { SignOutRequest } from './contract.ts'
import { checkedUrl } from './net/url.ts'

/**
 * The logout request (OpenID Connect RP-Initiated Logout 1.0 section 2). Nothing that the endpoint's own query holds comes
 * before what is ours.
 * @throws UpstreamError what `checkedUrl` throws
 */
export function endSessionUrl(
  endpoint: string,
  clientId: string,
  { postLogoutRedirectUri, state, idTokenHint }: SignOutRequest,
  allowPrivate: boolean,
): URL {
  const url = new URL(checkedUrl(endpoint, allowPrivate))
  const params = new URLSearchParams(url.search)
  // Without a hint of ours none at all: the person would be asked about somebody else's session.
  params.delete('id_token_hint')
  params.set('client_id', clientId)
  params.set('post_logout_redirect_uri', postLogoutRedirectUri)
  params.set('state', state)
  if (idTokenHint !== undefined) params.set('id_token_hint', idTokenHint)
  url.search = params.toString()
  return url
}
