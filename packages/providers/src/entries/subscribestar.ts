import type { Entry } from '../entry.ts'

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
  scopes: { separator: '+', signIn: ['user.read', 'user.email.read'] },
  quirks: ['userinfo-post'],
  wire: { userinfoBody: { query: '{ user { id name email avatar_url } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.user.id',
    name: 'data.user.name',
    email: 'data.user.email',
    picture: 'data.user.avatar_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['www.subscribestar.com'],
  links: { docs: 'https://www.subscribestar.com/api' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
