import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'imgur',
  name: 'Imgur',
  protocol: 'oauth2',
  domains: ['imgur.com'],
  endpoints: {
    authorization: 'https://api.imgur.com/oauth2/authorize',
    token: 'https://api.imgur.com/oauth2/token',
    userinfo: 'https://api.imgur.com/3/account/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.url',
    login: 'data.url',
    picture: 'data.avatar',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.imgur.com'],
  links: {
    console: 'https://api.imgur.com/oauth2/addclient',
    docs: 'https://apidocs.imgur.com/',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['With or without .json at its end the address is the same.'],
  },
}
