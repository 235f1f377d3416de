import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'clio',
  name: 'Clio',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    hostname: {
      description: 'TODO',
      example: 'acme',
      kind: 'choice',
      choices: ['app.clio.com', 'eu.app.clio.com', 'ca.app.clio.com', 'au.app.clio.com'],
      default: 'app.clio.com',
    },
  },
  endpoints: {
    authorization: 'https://{hostname}/oauth/authorize',
    token: 'https://{hostname}/oauth/token',
    userinfo: 'https://{hostname}/api/v4/users/who_am_i.json',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
