import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: separate-refresh-endpoint
export const entry: Entry = {
  id: 'dropbox-sign',
  name: 'Dropbox Sign',
  protocol: 'oauth2',
  domains: ['hellosign.com'],
  endpoints: {
    authorization: 'https://app.hellosign.com/oauth/authorize',
    token: 'https://app.hellosign.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
