/**
 * How a provider is spoken to and read, where it may differ from the standards. Data only: the server acts on it as a
 * client, the fake provider as a server. The defaults are strict.
 *
 * Values of `authorizeParams`, `headers`, `tokenExtra`, `refreshExtra`, `userinfoQuery` and `userinfoBody` may hold `{client_id}`; those that
 * are sent with an access token also `{access_token}` and `{token.<member>}`, a member of the token response. A header that holds one of
 * these two is left out of requests that carry no token. A header may also hold `{client_secret}` (Etsy).
 *
 * A new rule needs its key in `packages/server/src/config/schema/wire.ts`, where the compiler asks for it; then
 * `node --conditions=@latchkey/source scripts/schema.mjs`.
 */
export interface WireRules {
  // The authorization request (RFC 6749 section 4.1.1)

  /** Instead of the configured separator. */
  scopeSeparator?: string
  sendScope: boolean
  /** What this provider calls the parameters: `{ client_id: 'client_key' }`. */
  authorizeNames: ParameterNames
  /**
   * The value of `redirect_uri` at both endpoints, where a provider wants the name of a registered address instead of the
   * address (eBay). The answer still comes to ours. Default: our address.
   */
  redirectUriValue?: string
  /** The value of `response_type`. */
  responseType: string
  /** `redirect-uri`: `state` does not come back, so it travels in the redirect URI's query. */
  stateIn: 'parameter' | 'redirect-uri'
  /**
   * `plain`: the code challenge is the verifier itself (RFC 7636 section 4.2), readable in the browser's address. Default: its
   * SHA-256. Nothing, where `pkce` is `none`.
   */
  unsafeCodeChallenge?: 'plain'

  // The callback (section 4.1.2)

  /** What this provider calls them: `{ code: 'auth_code', error: 'error_reason' }`. */
  callbackNames: CallbackNames
  /** Further values of `error` that mean that the person said no. */
  callbackRefusals: readonly string[]
  /** Stripped off the end of the code. */
  codeSuffix?: string
  /**
   * `hmac-sha256-query`: the query is signed with the client secret, in its parameter `hmac` (hex, over the other parameters
   * sorted by name and joined as a query), and dated in `timestamp` (seconds).
   */
  callbackSignature?: 'hmac-sha256-query'
  /** Parameters that say which tenant answers; each must be the one that the configuration names: `{ shop: '{shop}.myshopify.com' }`. */
  callbackTenant: Readonly<Record<string, string>>
  /** The code is redeemed at the host in this parameter (a host name or https origin), one of these hosts. */
  tokenHost?: { readonly parameter: string; readonly hosts: readonly string[] }
  /** Parameters that services need with the token: `realmId`. Kept as `providerData`. */
  keepFromCallback: readonly string[]
  /**
   * Parameters that the token endpoint wants back with the code: `state`. With each refresh, too, those that `keepFromCallback`
   * names as well (`device_id`): nothing else of them is kept.
   */
  sendFromCallback?: readonly string[]

  // The token request (section 4.1.3, section 6)

  tokenMethod: 'POST' | 'GET'
  /** Where the parameters travel. With GET always in the query. */
  tokenParameters: 'form' | 'json' | 'query'
  tokenNames: ParameterNames
  /** The value of `grant_type` when a code is redeemed. */
  grantType: string
  /** Sent, too, when a code is redeemed. */
  tokenExtra: Readonly<Record<string, string>>
  /** Sent, too, when a token is refreshed. */
  refreshExtra: Readonly<Record<string, string>>
  /** Parameters (by their standard names) that must not be sent to the token endpoint. */
  tokenOmits: readonly string[]
  /** `redirect_uri` is sent with a refresh, too. */
  refreshRedirectUri: boolean
  /** RFC 6749 section 2.3.1 has both halves form-encoded. */
  basicCredentials: 'encoded' | 'raw'
  /**
   * What stands for the client secret: `signed-jwt`, a JWT that the private key signs (Apple); `sha256-of-secret-and-code`, a
   * parameter `hash` over secret, `|` and code or refresh token (Smartsheet).
   */
  clientSecret: 'as-it-is' | 'signed-jwt' | 'sha256-of-secret-and-code'
  /** The client secret goes into this header of token requests, and not into their parameters (Zalo). */
  clientSecretHeader?: string
  /** Whom the assertion of `private_key_jwt` is for. Default: the issuer (RFC 7523 section 3). */
  assertionAudience?: 'token-endpoint'
  /** With token requests and with every request that carries a token, those of services to the API among them. */
  headers: Readonly<Record<string, string>>

  // The token response (section 5)

  tokenBody: 'json' | 'form'
  /** Missing or own `token_type`, numbers as strings, null or empty where a member should be absent. */
  tokenFields: 'strict' | 'lenient'
  /** The object that holds the members, with dots where objects nest: `body`, `authed_user`. Default: the answer itself. */
  tokenPath?: string
  /** Where members stand that are called otherwise: `{ access_token: 'accessToken', expires_in: 'data.ttl' }`, inside `tokenPath`. */
  tokenMembers: TokenMembers
  /**
   * An answer is an error when this member (of the whole answer) is there and not this: `{ member: 'ok', good: true }`,
   * `{ member: 'errcode', good: 0 }`. Beside the standard's `error`.
   */
  tokenSuccess?: { readonly member: string; readonly good: boolean | number | string }
  /** Further values of `error`, or of the member that `tokenSuccess` names, that mean that a refresh token is over. */
  tokenRefusals?: readonly (string | number)[]
  scopeForm: 'string' | 'array-or-string'
  zeroExpiry: 'expired' | 'never'
  /** `expires_in` as seconds from now, as seconds since the epoch, or as a date of RFC 3339. */
  expiryForm: 'seconds' | 'unix-time' | 'date'
  /** Members, by dotted path from the whole answer, that services need with the token: `instance_url`, `team.id`. Kept as `providerData`. */
  keepFromToken: readonly string[]

  // Tokens that are renewed by exchange

  /** A short-lived token is exchanged for a long-lived one, straight after the code, at `endpoints.exchange`. */
  exchange?: TokenExchange
  /** There is no refresh token: the access token is exchanged for a newer one, at `endpoints.refresh`. */
  refreshExchange?: TokenExchange

  /**
   * How a token is revoked at `endpoints.revocation`: by RFC 7009, or with the access token as Bearer of an empty POST or DELETE,
   * or (GitHub) by a DELETE with the client's Basic credentials and `{ "access_token": ... }`.
   */
  revocation: 'standard' | 'bearer-post' | 'bearer-delete' | 'basic-json-delete'
  /** Another way, which comes before `revocation`. */
  revocationRequest?: RevocationRequest

  // Userinfo

  userinfoMethod: 'GET' | 'POST'
  /** Sent with a POST: a GraphQL query is `{ query: '{ viewer { id } }' }`. Default: no body. */
  userinfoBody?: Readonly<Record<string, string>>
  /** Default: `json`. */
  userinfoBodyForm?: 'json' | 'form'
  /** The client's id and secret go into that form, too: where a token introspection endpoint (RFC 7662) tells whose a token is. */
  userinfoClient?: 'post'
  /**
   * Sent in its query: `{ access_token: '{access_token}' }` where a provider wants that. May hold `{code}`, the authorization code,
   * where that is redeemed here (WeCom).
   */
  userinfoQuery: Readonly<Record<string, string>>
  /** `any`: JSON under another content type. `jsonp`: JSON in a call of a function. */
  userinfoType: 'json' | 'any' | 'jsonp'
  /**
   * The access token's place at userinfo and at the API: the scheme before it (RFC 6750 section 2.1), or `none`: only where the
   * other rules put it.
   */
  authorizationScheme: 'Bearer' | 'OAuth' | 'OAuth2' | 'none'

  // Who somebody is

  /** An ID token without `nonce` passes; only where PKCE binds the code instead. */
  unsafeNonceMayMiss: boolean
  /**
   * The ID token's issuer names the tenant in its claim of that name: `https://login.example/{tid}/v2.0`. It must be a UUID,
   * and `iss` exactly the template filled with it.
   */
  issuerTemplate?: string
  /** `never`: the provider's word on `email_verified` does not count. `always`: it hands out verified addresses only. */
  emailVerified: 'as-said' | 'never' | 'always'
  /** The form_post answer's `user`, JSON with `name.firstName` and `name.lastName`, comes the first time only (Apple). */
  nameInFormPost: boolean
}

/** Standard name -> name at this provider. */
export type ParameterNames = Readonly<
  Partial<
    Record<
      | 'client_id'
      | 'client_secret'
      | 'redirect_uri'
      | 'response_type'
      | 'scope'
      | 'state'
      | 'code'
      | 'grant_type'
      | 'refresh_token',
      string
    >
  >
>
export type CallbackNames = Readonly<Partial<Record<'code' | 'error' | 'error_description', string>>>
export type TokenMembers = Readonly<
  Partial<
    Record<
      'access_token' | 'refresh_token' | 'expires_in' | 'refresh_expires_in' | 'scope' | 'id_token',
      string
    >
  >
>

/** A GET that turns one access token into another. */
export interface TokenExchange {
  readonly grantType: string
  /** The parameter that carries the access token. */
  readonly tokenParameter: string
  readonly sends: readonly ('client_id' | 'client_secret')[]
}

/**
 * One request that ends a token, with what is named here and nothing else. `sends` and `authorization` may hold `{client_id}`,
 * `{client_secret}`, `{access_token}`, `{refresh_token}` and `{data.<name>}`, something that was kept as `providerData`. An account
 * that lacks one of them cannot be asked about.
 */
export interface RevocationRequest {
  readonly method: 'POST' | 'DELETE' | 'GET'
  /** Parameter -> value. */
  readonly sends: Readonly<Record<string, string>>
  /** Where they travel. With GET always in the query. */
  readonly as: 'form' | 'json' | 'query'
  /** `basic`: id and secret (RFC 7617). Else a scheme and what follows it: `Client {client_secret}`. Default: no such header. */
  readonly authorization?: string
}

export const standardRules: Readonly<WireRules> = {
  sendScope: true,
  authorizeNames: {},
  responseType: 'code',
  stateIn: 'parameter',
  callbackNames: {},
  callbackRefusals: [],
  callbackTenant: {},
  keepFromCallback: [],
  tokenMethod: 'POST',
  tokenParameters: 'form',
  tokenNames: {},
  grantType: 'authorization_code',
  tokenExtra: {},
  refreshExtra: {},
  tokenOmits: [],
  refreshRedirectUri: false,
  basicCredentials: 'encoded',
  clientSecret: 'as-it-is',
  headers: {},
  tokenBody: 'json',
  tokenFields: 'strict',
  tokenMembers: {},
  scopeForm: 'string',
  zeroExpiry: 'expired',
  expiryForm: 'seconds',
  keepFromToken: [],
  revocation: 'standard',
  userinfoMethod: 'GET',
  userinfoQuery: {},
  userinfoType: 'json',
  authorizationScheme: 'Bearer',
  unsafeNonceMayMiss: false,
  emailVerified: 'as-said',
  nameInFormPost: false,
}
