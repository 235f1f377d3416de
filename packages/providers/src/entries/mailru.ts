import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://oauth.mail.ru/login", "sources": 2}, {"value": "https://connect.mail.ru/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://oauth.mail.ru/token", "sources": 2}, {"value": "https://connect.mail.ru/oauth/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://oauth.mail.ru/userinfo", "sources": 2}, {"value": "https://www.appsmail.ru/platform/api", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "email", "sources": 1}, {"value": "uid", "sources": 1}]}]
export const entry: Entry = {
  id: 'mailru',
  name: 'Mail.ru',
  protocol: 'oauth2',
  domains: ['mail.ru'],
  endpoints: {
    authorization: 'https://oauth.mail.ru/login',
    token: 'https://oauth.mail.ru/token',
    userinfo: 'https://oauth.mail.ru/userinfo',
  },
  scopes: { signIn: ['userinfo'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'image',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://o2.mail.ru/docs', console: 'https://o2.mail.ru/app/' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
