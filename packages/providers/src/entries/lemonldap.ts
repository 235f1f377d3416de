import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'lemonldap',
  name: 'LemonLDAP::NG',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    providerBaseUrl: { description: 'TODO', example: 'acme', kind: 'url' },
  },
  endpoints: {
    authorization: '{providerBaseUrl}/oauth2/authorize',
    token: '{providerBaseUrl}/oauth2/token',
    userinfo: '{providerBaseUrl}/oauth2/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'picture',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
