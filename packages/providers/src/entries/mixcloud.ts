import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mixcloud',
  name: 'Mixcloud',
  protocol: 'oauth2',
  domains: ['mixcloud.com'],
  endpoints: {
    authorization: 'https://www.mixcloud.com/oauth/authorize',
    token: 'https://www.mixcloud.com/oauth/access_token',
    userinfo: 'https://api.mixcloud.com/me/',
  },
  quirks: ['nonstandard-token-fields', 'state-unsupported', 'userinfo-wrong-content-type'],
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: {
    from: 'nothing',
    because: 'Its keys are made of the user name, which people can change and others then take.',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.mixcloud.com'],
  links: {
    console: 'https://www.mixcloud.com/developers/create/',
    docs: 'https://www.mixcloud.com/developers/#authorization',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
