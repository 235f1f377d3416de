import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'plurk',
  name: 'Plurk',
  protocol: 'oauth1',
  domains: ['plurk.com'],
  endpoints: {
    authorization: 'https://www.plurk.com/OAuth/authorize',
    token: 'https://www.plurk.com/OAuth/access_token',
    userinfo: 'https://www.plurk.com/APP/Users/me',
    requestToken: 'https://www.plurk.com/OAuth/request_token',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    login: 'nick_name',
    picture: 'avatar_big',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  apiHosts: ['www.plurk.com'],
  links: { console: 'https://www.plurk.com/PlurkApp/', docs: 'https://www.plurk.com/API' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ["The source's profile call brings friends and posts as well; Users/me is the person alone."],
  },
}
