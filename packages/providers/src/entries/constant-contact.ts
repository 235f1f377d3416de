import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'constant-contact',
  name: 'Constant Contact',
  protocol: 'oauth2',
  domains: ['constantcontact.com'],
  endpoints: {
    authorization: 'https://authz.constantcontact.com/oauth2/default/v1/authorize',
    token: 'https://authz.constantcontact.com/oauth2/default/v1/token',
    userinfo: 'https://api.constantcontact.com/v2/account/info',
  },
  scopes: { connect: ['offline_access'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
