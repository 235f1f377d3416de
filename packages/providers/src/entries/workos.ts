import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'workos',
  name: 'WorkOS',
  protocol: 'oauth2',
  domains: ['workos.com'],
  tenant: {
    organization: {
      description: 'The organization whose people sign in',
      example: 'org_01EHZNVPK3SFK441A1RGBFSHRT',
      kind: 'value',
      pattern: 'org_[A-Za-z0-9]+',
    },
  },
  endpoints: {
    authorization: 'https://api.workos.com/sso/authorize',
    token: 'https://api.workos.com/sso/token',
    userinfo: 'https://api.workos.com/sso/profile',
  },
  authorizeParams: { organization: '{organization}' },
  quirks: ['api-key-as-client-secret', 'nonstandard-token-fields', 'no-scope-parameter'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    email: 'email',
  },
  refresh: { issued: 'no', accessTokenSeconds: 600 },
  localhost: 'allowed',
  links: { console: 'https://dashboard.workos.com/', docs: 'https://workos.com/docs/reference/sso' },
  traps: [
    'The client secret is the API key of the environment.',
    'A profile belongs to one connection: a company that changes its identity provider gets new ids.',
    'One entry in the configuration signs in one organization.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
