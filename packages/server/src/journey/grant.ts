/** What every code is bound to, whatever it stands for. */
export interface CodeBinding {
  clientId: string
  redirectUri: string
  /** base64url of SHA-256. */
  codeChallenge: string
  dpopJkt?: string
  /** Same-site mode: the journey whose cookie must come with the code. */
  cookieId?: string
}

/** A code for `/token`: a session of this user. */
export interface SignInGrant extends CodeBinding {
  kind: 'sign_in'
  scope: string
  /** As asked at the start; empty means all of the client's. */
  resources: string[]
  nonce?: string
  userId: string
  identityId: string
  provider: string
  /** Seconds since the epoch. */
  authTime: number
  amr?: string[]
  acr?: string
  upstreamSid?: string
  /** The provider's ID token, sealed; only where signing out goes on to it. */
  sealedIdToken?: string
}

/** A code for `/account/identities`: a login identity, proved and in quarantine until this user fetches it. */
export interface LinkGrant extends CodeBinding {
  kind: 'link'
  userId: string
  identity: { provider: string; issuer: string; subject: string; label?: string; verifiedEmail?: string }
}

/**
 * A code for `/account/connections`: an account, proved, whose tokens are in quarantine until this user fetches them. No
 * token is in it.
 */
export interface ConnectGrant extends CodeBinding {
  kind: 'connect'
  userId: string
  /** Where the tokens are. */
  quarantineId: string
  provider: string
  subject: string
  label?: string
  requestedScopes: string[]
  /** Space separated, where the provider says what it granted. */
  grantedScope?: string
  /** When the tokens came, in milliseconds. */
  obtainedAt: number
  /** Seconds, as the provider said it. */
  expiresIn?: number
  /** Seconds, of the refresh token or of the whole grant. */
  refreshExpiresIn?: number
  /** The connection to make anew: of this account and no other. */
  connectionId?: string
}

/** What a code stands for: stored under the code's hash, yielded to whoever redeems it with the right verifier. */
export type CodeGrant = CodeGrants[keyof CodeGrants]

export interface CodeGrants {
  sign_in: SignInGrant
  link: LinkGrant
  connect: ConnectGrant
}
