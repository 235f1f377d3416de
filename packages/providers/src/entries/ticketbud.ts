import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ticketbud',
  name: 'Ticketbud',
  protocol: 'oauth2',
  domains: ['ticketbud.com'],
  endpoints: {
    authorization: 'https://api.ticketbud.com/oauth/authorize',
    token: 'https://api.ticketbud.com/oauth/token',
    userinfo: 'https://api.ticketbud.com/me.json',
  },
  identity: { from: 'userinfo', subject: 'user.id', email: 'user.default_email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.ticketbud.com'],
  links: { docs: 'https://api.ticketbud.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
