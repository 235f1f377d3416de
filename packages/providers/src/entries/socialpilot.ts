import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'socialpilot',
  name: 'SocialPilot',
  protocol: 'oauth2',
  domains: ['socialpilot.co'],
  endpoints: {
    authorization: 'https://panel.socialpilot.co/oauth',
    token: 'https://panel.socialpilot.co/oauth/accesstoken',
  },
  identity: { from: 'nothing', because: 'No request is known that tells whose account it is.' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
  links: {},
}
