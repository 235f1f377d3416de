import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'alchemer',
  name: 'Alchemer',
  protocol: 'oauth1',
  domains: ['alchemer.com'],
  endpoints: {
    requestToken: 'https://api.alchemer.com/head/oauth/request_token',
    authorization: 'https://api.alchemer.com/head/oauth/authenticate',
    token: 'https://api.alchemer.com/head/oauth/access_token',
  },
  identity: {
    from: 'nothing',
    because: 'The API lists the users of an account and does not say which of them consented.',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  apiHosts: ['api.alchemer.com'],
  links: { docs: 'https://apihelp.alchemer.com/help/authentication' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
