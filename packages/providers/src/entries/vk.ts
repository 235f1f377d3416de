import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://oauth.vk.com/authorize", "sources": 4}, {"value": "https://id.vk.com/authorize", "sources": 1}, {"value": "https://id.vk.ru/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://oauth.vk.com/access_token?v=5.131", "sources": 4}, {"value": "https://id.vk.com/oauth2/auth", "sources": 1}, {"value": "https://id.vk.ru/oauth2/auth", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.vk.com/method/users.get?fields=photo_100&v=5.131", "sources": 3}, {"value": "https://id.vk.com/oauth2/user_info", "sources": 1}, {"value": "https://api.vk.com/method/users.get.json", "sources": 1}, {"value": "https://id.vk.ru/oauth2/user_info", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 2}, {"value": "user.user_id", "sources": 1}, {"value": "user_id", "sources": 1}]}]
export const entry: Entry = {
  id: 'vk',
  name: 'VK',
  protocol: 'oauth2',
  domains: ['vk.com'],
  endpoints: {
    authorization: 'https://id.vk.com/authorize',
    token: 'https://id.vk.com/oauth2/auth',
    userinfo: 'https://id.vk.com/oauth2/user_info',
  },
  scopes: { signIn: ['email', 'phone'] },
  authorizeParams: { v: '5.131' },
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
      v: '5.103',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'user.user_id',
    name: ['user.first_name', 'user.last_name'],
    email: 'user.email',
    picture: 'user.avatar',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://vk.com/dev/first_guide',
    console: 'https://id.vk.com/about/business/go/docs',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}
