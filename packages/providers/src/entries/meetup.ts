import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.meetup.com/gql", "sources": 1}, {"value": "https://api.meetup.com/2/member/self", "sources": 1}, {"value": "https://api.meetup.com/2/members", "sources": 1}]}]
// TODO derived quirks expected: graphql-userinfo
export const entry: Entry = {
  id: 'meetup',
  name: 'Meetup',
  protocol: 'oauth2',
  domains: ['meetup.com'],
  endpoints: {
    authorization: 'https://secure.meetup.com/oauth2/authorize',
    token: 'https://secure.meetup.com/oauth2/access',
    userinfo: 'https://api.meetup.com/gql',
  },
  quirks: ['userinfo-post'],
  wire: {
    userinfoBody: {
      query: 'TODO GraphQL query self',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'data.self.id',
    name: 'data.self.name',
    email: 'data.self.email.name',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://www.meetup.com/api/authentication/#p01-using-oauth2-section' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
