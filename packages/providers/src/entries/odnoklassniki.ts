import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://connect.ok.ru/oauth/authorize", "sources": 1}, {"value": "https://www.odnoklassniki.ru/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://api.ok.ru/oauth/token.do", "sources": 1}, {"value": "https://api.odnoklassniki.ru/oauth/token.do", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.ok.ru/fb.do", "sources": 1}, {"value": "https://api.odnoklassniki.ru/fb.do", "sources": 1}]}]
// TODO derived quirks expected: semicolon-scopes
export const entry: Entry = {
  id: 'odnoklassniki',
  name: 'Odnoklassniki',
  protocol: 'oauth2',
  domains: ['ok.ru'],
  endpoints: {
    authorization: 'https://connect.ok.ru/oauth/authorize',
    token: 'https://api.ok.ru/oauth/token.do',
    userinfo: 'https://api.ok.ru/fb.do',
  },
  scopes: { separator: ';', signIn: ['GET_EMAIL'] },
  identity: {
    from: 'userinfo',
    subject: 'uid',
    name: 'name',
    email: 'email',
    picture: 'pic1024x768',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
