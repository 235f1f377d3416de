import type { Client } from '../clients.ts'
import { seconds } from '../clock.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import { OAuthProblem } from './problem.ts'
import { isSigned } from './signature.ts'
import { signedText } from './signed-text.ts'
import { timestampWindow } from './store.ts'

/** A request whose signature is good. */
export interface Authenticated {
  client: Client
  /** What its header said, beside what was checked. */
  callback: string | undefined
  verifier: string | undefined
}

/** The token that a request may be signed with, and its secret. */
interface Held {
  token: string
  secret: string
}

/** RFC 5849 section 3.5.1. */
const headerParameters = (header: string | null): [string, string][] => {
  const [, list] = /^OAuth\s+(.*)$/is.exec(header ?? '') ?? []
  if (list === undefined) throw new OAuthProblem('parameter_absent')
  return list.split(',').map((part): [string, string] => {
    const [, name, value] = /^\s*([\w.~%-]+)="([^"]*)"\s*$/.exec(part) ?? []
    if (name === undefined || value === undefined) throw new OAuthProblem('parameter_rejected', 400)
    try {
      return [decodeURIComponent(name), decodeURIComponent(value)]
    } catch {
      throw new OAuthProblem('parameter_rejected', 400)
    }
  })
}

/**
 * Checks a signed request (RFC 5849 section 3.2).
 * @param find the token that it must be signed with; `none`: none
 * @throws OAuthProblem
 */
export const authenticate = <Token extends Held>(
  realm: Realm,
  exchange: Exchange,
  find: 'none' | ((token: string) => Token | undefined),
): Authenticated & { token: Token | undefined } => {
  const { oauth1, clients, clock } = realm
  const header = headerParameters(exchange.request.headers.get('authorization'))
  const given = new Map(header)
  const everywhere = [...header, ...exchange.query, ...exchange.form].map(([name]) => name)
  const own = everywhere.filter((name) => name.startsWith('oauth_') && given.has(name))
  if (new Set(own).size !== own.length) throw new OAuthProblem('parameter_rejected', 400)

  const required = (name: string): string => {
    const value = given.get(name)
    if (value === undefined || value === '') throw new OAuthProblem('parameter_absent', 400)
    return value
  }
  if ((given.get('oauth_version') ?? '1.0') !== '1.0') throw new OAuthProblem('version_rejected', 400)
  const client = clients.find(required('oauth_consumer_key'))
  if (client === undefined) throw new OAuthProblem('consumer_key_unknown')
  const method = required('oauth_signature_method')
  if (!oauth1.habits.signatureMethods.some((taken) => taken === method)) {
    throw new OAuthProblem('signature_method_rejected', 400)
  }

  const name = given.get('oauth_token')
  if ((name === undefined) !== (find === 'none')) throw new OAuthProblem('parameter_rejected', 400)
  const token = find === 'none' || name === undefined ? undefined : find(name)
  if (find !== 'none' && token === undefined) throw new OAuthProblem('token_rejected')

  const claim = { method, signature: required('oauth_signature'), tokenSecret: token?.secret ?? '' }
  if (!isSigned(signedText(exchange, header), claim, client)) throw new OAuthProblem('signature_invalid')
  // After the signature: nobody else can use up a client's nonces.
  const timestamp = required('oauth_timestamp')
  const nonce = required('oauth_nonce')
  if (!/^[1-9]\d*$/.test(timestamp) || Math.abs(seconds(clock) - Number(timestamp)) > timestampWindow) {
    throw new OAuthProblem('timestamp_refused')
  }
  if (!oauth1.store.firstUse(JSON.stringify([client.client_id, name, timestamp, nonce]))) {
    throw new OAuthProblem('nonce_used')
  }
  return { client, token, callback: given.get('oauth_callback'), verifier: given.get('oauth_verifier') }
}
