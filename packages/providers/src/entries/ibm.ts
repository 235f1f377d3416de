import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ibm',
  name: 'IBM',
  protocol: 'oauth2',
  domains: ['ibm.com'],
  endpoints: {
    authorization: 'https://login.ibm.com/oidc/endpoint/default/authorize',
    token: 'https://login.ibm.com/oidc/endpoint/default/token',
    userinfo: 'https://login.ibm.com/oidc/endpoint/default/userinfo',
  },
  scopes: { signIn: ['openid'] },
  identity: {
    from: 'nothing',
    because:
      'Nothing public says which claim of an IBMid is permanent, and its sub can be the address that people sign in with.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://www.ibm.com/docs/en/security-verify' },
  traps: ['IBM registers clients of IBMid itself, for its own offerings and those of partners.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
