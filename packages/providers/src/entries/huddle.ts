import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'huddle',
  name: 'Huddle',
  protocol: 'oauth2',
  domains: ['huddle.net'],
  endpoints: {
    authorization: 'https://login.huddle.net/request',
    token: 'https://login.huddle.net/token',
  },
  identity: {
    from: 'nothing',
    because:
      'Its entry document names the person by links in an order of their own, and by no member with an id.',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.huddle.net'],
  links: { docs: 'https://github.com/Huddle/huddle-apis/wiki' },
  traps: ['Client ids are given out by Huddle on request.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
