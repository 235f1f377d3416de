import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'orange-france',
  name: 'Orange',
  protocol: 'oidc',
  domains: ['orange.com', 'orange.fr'],
  issuer: 'https://openid.orange.fr',
  endpoints: {
    authorization: 'https://api.orange.com/openidconnect/fr/v1/authorize',
    token: 'https://api.orange.com/openidconnect/fr/v1/token',
    userinfo: 'https://api.orange.com/openidconnect/fr/v1/userinfo',
    discovery: 'https://api.orange.com/openidconnect/fr/v1/.well-known/openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.orange.com'],
  links: {
    console: 'https://developer.orange.com/myapps/',
    docs: 'https://developer.orange.com/apis/authentication-fr/getting-started',
  },
  traps: ['Orange decides for each app which scopes it may ask for beside openid.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
