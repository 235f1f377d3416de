import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mention',
  name: 'Mention',
  protocol: 'oauth2',
  domains: ['mention.com', 'mention.net'],
  endpoints: {
    authorization: 'https://web.mention.com/authorize',
    token: 'https://web.mention.net/oauth/v2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
