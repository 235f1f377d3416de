import type { Entry } from '../entry.ts'

// TODO derived quirks expected: graphql-userinfo
export const entry: Entry = {
  id: 'subscribestar',
  name: 'SubscribeStar',
  protocol: 'oauth2',
  domains: ['subscribestar.com'],
  endpoints: {
    authorization: 'https://www.subscribestar.com/oauth2/authorize',
    token: 'https://www.subscribestar.com/oauth2/token',
    userinfo: 'https://www.subscribestar.com/api/graphql/v1',
  },
  scopes: { signIn: ['user.read'] },
  quirks: ['userinfo-post'],
  wire: {
    userinfoBody: {
      query: 'TODO GraphQL query user',
    },
  },
  identity: { from: 'userinfo', subject: 'data.user.id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://www.subscribestar.com/api' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
