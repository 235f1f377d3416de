import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'groove',
  name: 'Groove',
  protocol: 'oauth2',
  domains: ['groovehq.com'],
  endpoints: {
    authorization: 'https://api.groovehq.com/oauth/authorize',
    token: 'https://api.groovehq.com/oauth/token',
  },
  identity: {
    from: 'nothing',
    because: 'Its REST API lists the agents of an account and does not say which of them a token belongs to.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.groovehq.com'],
  links: { docs: 'https://developer.groovehq.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
