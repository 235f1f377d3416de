import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'faceit',
  name: 'FACEIT',
  protocol: 'oidc',
  domains: ['faceit.com'],
  issuer: 'https://api.faceit.com/auth',
  endpoints: {
    authorization: 'https://accounts.faceit.com/accounts',
    token: 'https://api.faceit.com/auth/v1/oauth/token',
    userinfo: 'https://api.faceit.com/auth/v1/resources/userinfo',
    discovery: 'https://api.faceit.com/auth/v1/openid_configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { redirect_popup: 'true' },
  quirks: ['nonce-not-echoed'],
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    console: 'https://developers.faceit.com/apps',
    docs: 'https://developers.faceit.com/docs/auth/oauth2',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
