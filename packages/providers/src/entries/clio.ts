import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'clio',
  name: 'Clio',
  protocol: 'oauth2',
  domains: ['clio.com'],
  tenant: {
    host: {
      description: 'The host of the region where the account lives',
      example: 'eu.app.clio.com',
      kind: 'choice',
      choices: ['app.clio.com', 'eu.app.clio.com', 'ca.app.clio.com', 'au.app.clio.com'],
      default: 'app.clio.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    revocation: 'https://{host}/oauth/deauthorize',
    userinfo: 'https://{host}/api/v4/users/who_am_i.json',
  },
  wire: { revocation: 'bearer-post', userinfoQuery: { fields: 'id,name,email' } },
  identity: { from: 'userinfo', subject: 'data.id', name: 'data.name', email: 'data.email' },
  refresh: {
    issued: 'yes',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 2_592_000,
    note: 'Refresh tokens stay valid until they are revoked.',
  },
  localhost: 'unknown',
  apiHosts: ['{host}'],
  links: { docs: 'https://docs.developers.clio.com/api-docs/clio-manage/authorization/' },
  traps: [
    'An app is registered in one region and works in that region alone.',
    'What an app may read is set at registration.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://docs.developers.clio.com/api-docs/authorization',
      'https://docs.developers.clio.com/faq/',
    ],
  },
}
