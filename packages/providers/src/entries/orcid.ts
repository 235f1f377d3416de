import type { Entry } from '../entry.ts'

// TODO environments: {"sandbox": {"issuer": "https://sandbox.orcid.org"}}
export const entry: Entry = {
  id: 'orcid',
  name: 'Orcid.org',
  protocol: 'oidc',
  domains: ['orcid.org'],
  issuer: 'https://orcid.org',
  endpoints: {
    authorization: 'https://orcid.org/oauth/authorize',
    token: 'https://orcid.org/oauth/token',
    userinfo: 'https://orcid.org/oauth/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
