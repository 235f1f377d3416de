import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'edx',
  name: 'edX',
  protocol: 'oauth2',
  domains: ['edx.org'],
  endpoints: {
    authorization: 'https://courses.edx.org/oauth2/authorize/',
    token: 'https://courses.edx.org/oauth2/access_token/',
    userinfo: 'https://courses.edx.org/api/user/v1/me',
  },
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'username', login: 'username' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://course-catalog-api-guide.readthedocs.io/en/latest/authentication/' },
  traps: ['Clients are made by the staff of edX.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The host is courses.edx.org, where Open edX runs; edx.org itself is the public site.',
      'The username is the subject: Open edX lets nobody change it and gives none out again.',
    ],
  },
}
