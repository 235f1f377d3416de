import type { QuirkName } from './quirks/index.ts'
import type { WireRules } from './wire.ts'

/**
 * What is known of one provider. URLs may hold placeholders, `https://{shop}.myshopify.com/admin`, one for each
 * entry of `tenant`; so may the values of `authorizeParams`, `connectAuthorizeParams` and `wire`.
 */
export interface Entry {
  /** Lower case, `a-z 0-9 -`; also the name of the file. */
  readonly id: string
  /** As the provider writes itself, for buttons and pages. */
  readonly name: string
  readonly protocol: 'oidc' | 'oauth2' | 'oauth1'
  /** Every URL's host is one of these or below one. None: an installation of somebody's own, on any host. */
  readonly domains: readonly string[]
  /** What the configuration has to say beside client id and secret, by the name of its key. */
  readonly tenant?: Readonly<Record<string, Placeholder>>
  /** `iss` of its ID tokens, exactly. With `protocol: 'oidc'`, always. */
  readonly issuer?: string
  readonly endpoints: Endpoints
  /** How we prove ourselves to its token endpoint. Default: `post`. */
  readonly clientAuthentication?: 'basic' | 'post' | 'none' | 'private_key_jwt'
  /** `none` only where it is known to break. Default: `S256`, which servers that lack it pass over. */
  readonly pkce?: 'S256' | 'none'
  readonly scopes?: Scopes
  /** Sent with every authorization request. */
  readonly authorizeParams?: Readonly<Record<string, string>>
  /** Sent, too, when an account is connected: what it takes to get a refresh token. */
  readonly connectAuthorizeParams?: Readonly<Record<string, string>>
  readonly responseMode?: 'form_post'
  /** Deviations by name. Those that follow from other fields are not repeated here; `quirksOf` gives all. */
  readonly quirks?: readonly QuirkName[]
  /** Deviations that need a value. */
  readonly wire?: Partial<WireRules>
  readonly identity: Identity
  /** Its tokens are the app's own and open more than the account of who signs in: none is kept for anybody. */
  readonly signInOnly?: true
  readonly refresh: Refresh
  /** With `protocol: 'oauth1'`, always. */
  readonly oauth1?: OAuth1
  /** Whether it takes `http://localhost` as a redirect URI. `loopback-ip-only`: `127.0.0.1` alone. `https-only`: https, of localhost too. */
  readonly localhost: 'allowed' | 'loopback-ip-only' | 'https-only' | 'forbidden' | 'unknown'
  /** Hosts of its API, for the proxy. Compared exactly. */
  readonly apiHosts?: readonly string[]
  readonly links: Links
  /** What people stumble over when they register an app, each a sentence. */
  readonly traps?: readonly string[]
  /** Still answers, but its end is announced or likely: a sentence. */
  readonly ending?: string
  readonly verified: Verification
}

/** A value that only the installation knows. */
export interface Placeholder {
  /** For people: "The shop's name before .myshopify.com". */
  readonly description: string
  readonly example: string
  /**
   * `label`: one label of a host name. `host`: a whole host name. `segment`: one segment of a path. `url`: an https URL (http on loopback) without
   * query, for installations of one's own. `choice`: one of `choices`. `value`: one line of text, for a parameter or a header and never for a URL.
   */
  readonly kind: 'label' | 'host' | 'segment' | 'url' | 'choice' | 'value'
  readonly choices?: readonly string[]
  /** With `host`: it must be one of these or below one. */
  readonly domains?: readonly string[]
  /** Further than its kind: a regular expression for the whole value. */
  readonly pattern?: string
  readonly default?: string
}

/** All https. */
export interface Endpoints {
  readonly authorization?: string
  /** OAuth 1.0a: where the access token is fetched. */
  readonly token?: string
  readonly userinfo?: string
  /** A list of addresses, where userinfo has none (`identity.emails`). */
  readonly emails?: string
  /** Where tokens are refreshed, if elsewhere. */
  readonly refresh?: string
  readonly exchange?: string
  /** May hold `{client_id}` as a segment of its path. */
  readonly revocation?: string
  readonly introspection?: string
  /** The discovery document, where it is not at the standard place. */
  readonly discovery?: string
  /** OAuth 1.0a: temporary credentials. */
  readonly requestToken?: string
}

export interface Scopes {
  /** Between scopes. Default: a space. */
  readonly separator?: ' ' | ',' | '+' | ';'
  /** Asked for at sign-in. */
  readonly signIn?: readonly string[]
  /** Asked for when connecting, beside what an app needs. */
  readonly connect?: readonly string[]
}

/** Whose account it is: an id that the provider never gives to somebody else. */
export type Identity =
  /** Claims of the ID token, and of userinfo. */
  | { readonly from: 'id-token' }
  | ({ readonly from: 'userinfo' | 'token-response' } & ProfileFields & Sharing)
  /** Nothing tells: an account can be connected, one for each person, and signs nobody in. */
  | { readonly from: 'nothing'; readonly because: string }

/** An account that several people may hold: it can be connected, and signs nobody in. */
type Sharing = { readonly shared?: never } | { readonly shared: true; readonly because: string }

/** Where in the answer, by path with dots: `data.user.id`, `items.0.user_id`. */
export interface ProfileFields {
  /** Immutable and never given out again. Several are joined with `/`. */
  readonly subject: string | readonly string[]
  /** Several are joined with a space. */
  readonly name?: string | readonly string[]
  /** What people call the account: a login name. */
  readonly login?: string
  readonly email?: string
  /** A path, or what is known of every address. Default: `never`. */
  readonly emailVerified?: string | { readonly known: 'always' | 'never' }
  readonly picture?: string
  /** The answer of `endpoints.emails`: of the list at `list` (default: the answer), the first that is both primary and verified. */
  readonly emails?: {
    readonly list?: string
    readonly email: string
    readonly verified?: string
    readonly primary?: string
  }
}

export interface Refresh {
  /** `conditional`: see `note`. */
  readonly issued: 'yes' | 'conditional' | 'no' | 'unknown'
  /** A refresh answers with a new refresh token and the old one ends. */
  readonly rotates?: boolean
  /** How long the old one still works after that. */
  readonly graceSeconds?: number
  /** A refresh's answer has no refresh token: the old one is kept. */
  readonly omitted?: true
  readonly accessTokenSeconds?: number
  /** Access tokens do not end by themselves. */
  readonly neverExpires?: true
  /** After the consent, whatever one does. */
  readonly endsAfterDays?: number
  readonly endsUnusedAfterDays?: number
  /** Revoking one token ends all grants of the account. */
  readonly revocationEndsAccount?: true
  readonly note?: string
}

/** RFC 5849. */
export interface OAuth1 {
  readonly signatureMethod: 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'PLAINTEXT'
  /** OAuth Core 1.0, before 1.0a: no `oauth_verifier`, and `oauth_callback` goes to the authorization page. Open to session fixation. */
  readonly unsafeVersion10?: true
  /** Sent, too, when temporary credentials are fetched. */
  readonly requestTokenParams?: Readonly<Record<string, string>>
  /** The parameter that carries scopes, and where it goes. Default: there are no scopes. */
  readonly scope?: { readonly parameter: string; readonly at: 'request-token' | 'authorization' }
}

export interface Links {
  /** Where an app is registered. */
  readonly console?: string
  readonly docs?: string
}

/** How well an entry is known. Nothing is tested against the live provider unless it says so. */
export interface Verification {
  /** `documentation`: compared with the provider's own, by hand. `sources`: what independent sources agree on. */
  readonly degree: 'documentation' | 'sources'
  /** `2026-11`. */
  readonly on: string
  /** Independent sources that were compared. */
  readonly sources: number
  readonly urls?: readonly string[]
  /** What sources disagreed on, and why this was chosen. */
  readonly decisions?: readonly string[]
}
