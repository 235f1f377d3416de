import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'meetup',
  name: 'Meetup',
  protocol: 'oauth2',
  domains: ['meetup.com'],
  endpoints: {
    authorization: 'https://secure.meetup.com/oauth2/authorize',
    token: 'https://secure.meetup.com/oauth2/access',
    userinfo: 'https://api.meetup.com/gql-ext',
  },
  quirks: ['userinfo-post'],
  wire: { userinfoBody: { query: '{ self { id name } }' } },
  identity: { from: 'userinfo', subject: 'data.self.id', name: 'data.self.name' },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['api.meetup.com'],
  links: {
    console: 'https://www.meetup.com/api/oauth/list/',
    docs: 'https://www.meetup.com/graphql/authentication/',
  },
  traps: ['Registering a client takes a Meetup Pro subscription and an approval.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://www.meetup.com/graphql/authentication/', 'https://www.meetup.com/graphql/guide/'],
    decisions: ['Sources have the retired REST API or /gql; the guide is at /gql-ext.'],
  },
}
