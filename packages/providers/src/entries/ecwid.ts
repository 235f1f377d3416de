import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ecwid',
  name: 'Ecwid',
  protocol: 'oauth2',
  domains: ['ecwid.com'],
  endpoints: {
    authorization: 'https://my.ecwid.com/api/oauth/authorize',
    token: 'https://my.ecwid.com/api/oauth/token',
  },
  wire: { keepFromToken: ['store_id'] },
  identity: {
    from: 'token-response',
    shared: true,
    because: 'The token names the store, which several people share, and an e-mail address.',
    subject: 'store_id',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['app.ecwid.com'],
  links: { docs: 'https://docs.ecwid.com/' },
  traps: ["API calls need the store's number, which comes with the token."],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
