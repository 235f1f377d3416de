import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "id", "name": "display_name.username"}
export const entry: Entry = {
  id: 'vimeo-oauth1',
  name: 'Vimeo',
  protocol: 'oauth1',
  domains: ['vimeo.com'],
  endpoints: {
    authorization: 'https://vimeo.com/oauth/authorize',
    token: 'https://vimeo.com/oauth/access_token',
    requestToken: 'https://vimeo.com/oauth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.vimeo.com/apps',
    console: 'https://developer.vimeo.com/apps',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
