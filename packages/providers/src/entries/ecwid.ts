import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'ecwid',
  name: 'Ecwid',
  protocol: 'oauth2',
  domains: ['ecwid.com'],
  endpoints: {
    authorization: 'https://my.ecwid.com/api/oauth/authorize',
    token: 'https://my.ecwid.com/api/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
