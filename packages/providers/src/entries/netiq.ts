import type { Entry } from '../entry.ts'

// TODO subject? profile={"email": "email"}
export const entry: Entry = {
  id: 'netiq',
  name: 'NetIQ',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    providerBaseUrl: { description: 'TODO', example: 'acme', kind: 'url' },
  },
  endpoints: {
    authorization: '{providerBaseUrl}/nidp/oauth/nam/authz',
    token: '{providerBaseUrl}/nidp/oauth/nam/token',
    userinfo: '{providerBaseUrl}/nidp/oauth/nam/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
