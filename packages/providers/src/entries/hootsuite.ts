import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'hootsuite',
  name: 'Hootsuite',
  protocol: 'oauth2',
  domains: ['hootsuite.com'],
  endpoints: {
    authorization: 'https://platform.hootsuite.com/oauth2/auth',
    token: 'https://platform.hootsuite.com/oauth2/token',
    userinfo: 'https://platform.hootsuite.com/v1/me',
  },
  clientAuthentication: 'basic',
  scopes: { connect: ['offline'] },
  identity: { from: 'userinfo', subject: 'data.id', name: 'data.fullName', email: 'data.email' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    note: 'Only with the scope offline; unused ones do not end.',
  },
  localhost: 'unknown',
  apiHosts: ['platform.hootsuite.com'],
  links: {
    console: 'https://hootsuite.com/developers/my-apps',
    docs: 'https://developer.hootsuite.com/docs/api-authentication',
  },
  traps: [
    'Access to the API is given on request, and client credentials are taken in the Basic header only.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
