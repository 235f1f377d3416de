import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'livechat',
  name: 'Livechat',
  protocol: 'oauth2',
  domains: ['livechatinc.com'],
  endpoints: {
    authorization: 'https://accounts.livechatinc.com/',
    token: 'https://accounts.livechatinc.com/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
