import type { Persona } from '../personas.ts'

export type SignatureMethod = 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'PLAINTEXT'

/** How the OAuth 1.0a side behaves. */
export interface OAuth1Options {
  /** Signatures that are taken. Default: all that the client has what it takes for. */
  signatureMethods?: readonly SignatureMethod[]
  /** OAuth Core 1.0: no `oauth_verifier`, and the callback comes with the authorization request. Default false. */
  version10?: boolean
  /** Gives tokens for any verifier, or none, as a server that never looks at it. Default false. */
  ignoresVerifier?: boolean
  /**
   * What comes back when a person declines: `denied` with the request token, `oauth_problem=user_refused`, or the request token
   * without a verifier. Default `denied`.
   */
  refusal?: 'denied' | 'oauth_problem' | 'no-verifier'
  /** The parameter that carries scopes, at either of the two endpoints. Default `scope`. */
  scopeParameter?: string
  /** Of answers that hold credentials. Default `application/x-www-form-urlencoded`. */
  contentType?: string
  /** The user record at userinfo. Default: `id` (a number), `login`, `name`, `email` (null without one), `email_verified`. */
  user?: (persona: Persona) => Record<string, unknown>
  /** What comes with an access token. Default: `user_id`, `screen_name`. */
  beside?: (persona: Persona) => Record<string, string>
}

export type OAuth1Habits = Required<Omit<OAuth1Options, 'user'>> & Pick<OAuth1Options, 'user'>

export const oauth1Habits = ({ user, ...options }: OAuth1Options = {}): OAuth1Habits => ({
  signatureMethods: options.signatureMethods ?? ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'],
  version10: options.version10 ?? false,
  ignoresVerifier: options.ignoresVerifier ?? false,
  refusal: options.refusal ?? 'denied',
  scopeParameter: options.scopeParameter ?? 'scope',
  contentType: options.contentType ?? 'application/x-www-form-urlencoded',
  beside:
    options.beside ??
    (({ id, account_id, subject, claims: { preferred_username: login } }) => ({
      user_id: String(account_id ?? subject),
      screen_name: typeof login === 'string' ? login : id,
    })),
  ...(user === undefined ? {} : { user }),
})
