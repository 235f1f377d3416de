import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'adobe-sign',
  name: 'Adobe Sign',
  protocol: 'oauth2',
  domains: ['echosign.com'],
  endpoints: {
    authorization: 'https://secure.echosign.com/public/oauth',
    token: 'https://secure.echosign.com/oauth/token',
    userinfo: 'https://api.echosign.com/api/rest/v6/users',
  },
  wire: {
    headers: {
      'Access-Token': '{access_token}',
    },
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
