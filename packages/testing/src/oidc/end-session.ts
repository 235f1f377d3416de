import { compactVerify, createLocalJWKSet, decodeJwt, errors } from 'jose'
import { allowsLogoutRedirect, type Client } from '../clients.ts'
import type { Exchange } from '../http/exchange.ts'
import { pageResponse } from '../pages/layout.ts'
import { errorPage, signedOutPage } from '../pages/notes.ts'
import type { Realm } from '../realm.ts'

/** The client an ID token of ours was made for; its expiry does not matter here (RP-Initiated Logout section 2). */
const hintedClient = async (realm: Realm, hint: string): Promise<Client | undefined> => {
  try {
    await compactVerify(hint, createLocalJWKSet(realm.keys.published()))
    const { aud, iss } = decodeJwt(hint)
    return iss === realm.issuer && typeof aud === 'string' ? realm.clients.find(aud) : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

/** RP-Initiated Logout 1.0: back to an exactly registered URI with `state`, or a page. No session is ever kept. */
export const endSession =
  (realm: Realm) =>
  async (exchange: Exchange): Promise<Response> => {
    const params = exchange.request.method === 'POST' ? exchange.form : exchange.query
    const refuse = (description: string) =>
      pageResponse(errorPage({ provider: realm.name, code: 'invalid_request', description }), { status: 400 })

    const hint = params.get('id_token_hint')
    const hinted = hint === null ? undefined : await hintedClient(realm, hint)
    if (hint !== null && hinted === undefined)
      return refuse('The id_token_hint is no ID token of this provider.')
    const stated = realm.clients.find(params.get('client_id'))
    if (hinted !== undefined && stated !== undefined && hinted !== stated) {
      return refuse('The id_token_hint was made for another client.')
    }

    const target = params.get('post_logout_redirect_uri')
    if (target === null) return pageResponse(signedOutPage(realm.name))
    const client = hinted ?? stated
    if (client === undefined || !allowsLogoutRedirect(client, target)) {
      return refuse('This post_logout_redirect_uri is not registered for the client, character by character.')
    }
    const state = params.get('state')
    const query = state === null ? '' : `${target.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`
    return new Response(null, {
      status: 303,
      headers: { location: `${target}${query}`, 'cache-control': 'no-store' },
    })
  }
