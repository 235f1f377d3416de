import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://oauth.yandex.com/authorize", "sources": 3}, {"value": "https://oauth.yandex.ru/authorize", "sources": 2}]}, {"field": "tokenEndpoint", "values": [{"value": "https://oauth.yandex.com/token", "sources": 2}, {"value": "https://oauth.yandex.ru/token", "sources": 3}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://login.yandex.ru/info?format=json", "sources": 4}, {"value": "https://api.tracker.yandex.net/v2/myself", "sources": 1}]}]
export const entry: Entry = {
  id: 'yandex',
  name: 'Yandex',
  protocol: 'oauth2',
  domains: ['yandex.com', 'yandex.ru'],
  endpoints: {
    authorization: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    userinfo: 'https://login.yandex.ru/info?format=json',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['login:info', 'login:email', 'login:avatar'] },
  quirks: ['oauth-auth-scheme'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['display_name', 'real_name', 'first_name'],
    email: 'default_email',
    picture: 'is_avatar_empty',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://oauth.yandex.com/',
    console: 'https://yandex.com/dev/id/doc/en/register-client#create',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 5 },
}
