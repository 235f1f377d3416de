/** Absolute URLs. */
export interface Endpoints {
  authorization: string
  token: string
  userinfo: string
  jwks: string
  end_session: string
  revocation: string
  introspection: string
  /** Takes access tokens of every side, and requests signed with OAuth 1.0a, at this path and below. */
  api: string
  oauth2: {
    authorization: string
    token: string
    userinfo: string
    revocation: string
    introspection: string
  }
  oauth1: {
    request_token: string
    authorization: string
    access_token: string
    userinfo: string
  }
}

/** Where everything is, below an issuer that may have a path. */
export const endpointsOf = (issuer: string): Endpoints => ({
  authorization: `${issuer}/authorize`,
  token: `${issuer}/token`,
  userinfo: `${issuer}/userinfo`,
  jwks: `${issuer}/jwks`,
  end_session: `${issuer}/logout`,
  revocation: `${issuer}/revoke`,
  introspection: `${issuer}/introspect`,
  api: `${issuer}/api`,
  oauth2: {
    authorization: `${issuer}/oauth2/authorize`,
    token: `${issuer}/oauth2/token`,
    userinfo: `${issuer}/oauth2/userinfo`,
    revocation: `${issuer}/oauth2/revoke`,
    introspection: `${issuer}/oauth2/introspect`,
  },
  oauth1: {
    request_token: `${issuer}/oauth1/request_token`,
    authorization: `${issuer}/oauth1/authorize`,
    access_token: `${issuer}/oauth1/access_token`,
    userinfo: `${issuer}/oauth1/userinfo`,
  },
})

/** Below here nothing should ever arrive: targets of redirects, `jku` and `x5u`. */
export const elsewhere = (issuer: string, name: string): string => `${issuer}/elsewhere/${name}`
