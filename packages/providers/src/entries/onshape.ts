import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'onshape',
  name: 'Onshape',
  protocol: 'oauth2',
  domains: ['onshape.com'],
  endpoints: {
    authorization: 'https://oauth.onshape.com/oauth/authorize',
    token: 'https://oauth.onshape.com/oauth/token',
    userinfo: 'https://cad.onshape.com/api/users/sessioninfo',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
