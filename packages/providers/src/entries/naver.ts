import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'naver',
  name: 'NAVER',
  protocol: 'oauth2',
  domains: ['naver.com'],
  endpoints: {
    authorization: 'https://nid.naver.com/oauth2.0/authorize',
    token: 'https://nid.naver.com/oauth2.0/token',
    userinfo: 'https://openapi.naver.com/v1/nid/me',
  },
  quirks: [
    'error-with-http-200',
    'no-scope-parameter',
    'nonstandard-token-fields',
    'subject-scoped-to-app',
    'user-can-drop-scopes',
  ],
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: 'response.name',
    email: 'response.email',
    picture: 'response.profile_image',
  },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 3600 },
  localhost: 'allowed',
  apiHosts: ['openapi.naver.com'],
  links: {
    console: 'https://developers.naver.com/apps/',
    docs: 'https://developers.naver.com/docs/login/api/api.md',
  },
  traps: [
    'Which parts of the profile come is set on the application, and people can untick the optional ones.',
    'Until NAVER has reviewed an application only its registered testers can sign in.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}
