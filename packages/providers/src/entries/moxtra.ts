import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'moxtra',
  name: 'Moxo',
  protocol: 'oauth2',
  domains: ['moxtra.com'],
  endpoints: {
    authorization: 'https://api.moxtra.com/oauth/authorize',
    token: 'https://api.moxtra.com/oauth/token',
    userinfo: 'https://api.moxtra.com/v1/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: ['data.first_name', 'data.last_name'],
    email: 'data.email',
    picture: 'data.picture_uri',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.moxtra.com'],
  links: { docs: 'https://developer.moxo.com/' },
  ending: 'Moxtra became Moxo, which serves each customer from a domain of its own; the shared host may go.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
