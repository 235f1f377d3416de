import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'socialpilot',
  name: 'Socialpilot',
  protocol: 'oauth2',
  domains: ['socialpilot.co'],
  endpoints: {
    authorization: 'https://panel.socialpilot.co/oauth',
    token: 'https://panel.socialpilot.co/oauth/accesstoken',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
