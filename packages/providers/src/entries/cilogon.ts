import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'cilogon',
  name: 'CILogon',
  protocol: 'oauth2',
  domains: ['cilogon.org'],
  endpoints: {
    authorization: 'https://cilogon.org/authorize',
    token: 'https://cilogon.org/oauth2/token',
    userinfo: 'https://cilogon.org/oauth2/userinfo',
  },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    email: 'email',
    emailVerified: 'verified_email',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://cilogon.org/oauth2/register',
    console: 'https://cilogon.org/oauth2/register',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
