import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "profile.subject", "values": [{"value": "id", "sources": 1}, {"value": "response.user.uid", "sources": 1}]}]
// TODO derived quirks expected: nested-token-response
export const entry: Entry = {
  id: 'untappd',
  name: 'Untappd',
  protocol: 'oauth2',
  domains: ['untappd.com'],
  endpoints: {
    authorization: 'https://untappd.com/oauth/authenticate',
    token: 'https://untappd.com/oauth/authorize',
    userinfo: 'https://api.untappd.com/v4/user/info',
  },
  quirks: ['get-token-request'],
  wire: {
    tokenExtra: {
      response_type: 'code',
    },
    tokenOmits: ['grant_type'],
  },
  identity: {
    from: 'userinfo',
    subject: 'response.user.uid',
    name: 'response.user.user_name',
    picture: 'response.user.user_avatar',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://untappd.com/api/register?register=new' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
