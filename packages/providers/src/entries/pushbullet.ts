import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'pushbullet',
  name: 'Pushbullet',
  protocol: 'oauth2',
  domains: ['pushbullet.com'],
  endpoints: {
    authorization: 'https://www.pushbullet.com/authorize',
    token: 'https://api.pushbullet.com/oauth2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
