import { allowsRedirect } from '../clients.ts'
import { seconds } from '../clock.ts'
import { type JsonAnswer, json, noStore } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import { authenticate } from './authenticate.ts'
import { OAuthProblem } from './problem.ts'

export const scopesIn = (text: string | null): string[] =>
  (text ?? '').split(/[ ,;]/).filter((scope) => scope !== '')

/** Temporary credentials (RFC 5849 section 2.1). */
export const requestToken =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { habits, store } = realm.oauth1
    const { client, callback } = authenticate(realm, exchange, 'none')
    if ((callback === undefined) !== habits.version10) throw new OAuthProblem('parameter_rejected', 400)
    if (callback !== undefined && !allowsRedirect(client, withoutState(callback))) {
      throw new OAuthProblem('parameter_rejected', 400)
    }
    const asked = exchange.form.get(habits.scopeParameter) ?? exchange.query.get(habits.scopeParameter)
    const { token, secret } = store.issueRequestToken({
      clientId: client.client_id,
      scope: scopesIn(asked),
      ...(callback === undefined ? {} : { callback }),
    })
    return json(
      {
        oauth_token: token,
        oauth_token_secret: secret,
        ...(habits.version10 ? {} : { oauth_callback_confirmed: 'true' }),
      },
      200,
      noStore,
    )
  }

/** Token credentials (section 2.3), once for a request token that its person approved. */
export const accessToken =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { habits, store } = realm.oauth1
    const { client, token: temporary, verifier } = authenticate(realm, exchange, store.findRequestToken)
    if (temporary === undefined || temporary.clientId !== client.client_id)
      throw new OAuthProblem('token_rejected')
    const { approved } = temporary
    if (temporary.used) throw new OAuthProblem('token_used')
    if (approved === undefined) throw new OAuthProblem('permission_unknown')
    if (!habits.version10 && !habits.ignoresVerifier && verifier !== approved.verifier) {
      throw new OAuthProblem('verifier_invalid')
    }
    temporary.used = true
    const { persona, scope } = approved
    const grant = realm.grants.open({
      ...{ protocol: 'oauth1', clientId: client.client_id, persona, scope },
      ...{ authTime: seconds(realm.clock), statesAuthTime: false },
    })
    const { token, secret } = store.issueToken(grant)
    return json({ oauth_token: token, oauth_token_secret: secret, ...habits.beside(persona) }, 200, noStore)
  }

/** The user record, as on the plain OAuth 2.0 side. */
export const signedUser =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { habits, store } = realm.oauth1
    const { token } = authenticate(realm, exchange, store.findToken)
    if (token === undefined) throw new OAuthProblem('token_rejected')
    return json((habits.user ?? realm.habits.user)(token.grant.persona), 200, noStore)
  }

/** Something to use tokens at, which tells what of a request was signed. */
export const signedApi =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { token } = authenticate(realm, exchange, realm.oauth1.store.findToken)
    if (token === undefined) throw new OAuthProblem('token_rejected')
    const { persona, scope } = token.grant
    return json(
      {
        ...{ method: exchange.request.method, path: exchange.url.pathname, account: persona.subject },
        ...{ scope: scope.join(' '), query: [...exchange.query], form: [...exchange.form] },
      },
      200,
      noStore,
    )
  }

/** What a client registers: what follows is its own, different each time. */
const withoutState = (callback: string): string => callback.replace(/[?&]state=[^&#]*$/, '')
