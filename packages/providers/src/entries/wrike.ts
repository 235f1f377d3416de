import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wrike',
  name: 'Wrike',
  protocol: 'oauth2',
  domains: ['wrike.com'],
  tenant: {
    apiHost: {
      description: 'The host of its API: by where the accounts are kept',
      example: 'app-eu.wrike.com',
      kind: 'host',
      domains: ['wrike.com'],
      default: 'www.wrike.com',
    },
  },
  endpoints: {
    authorization: 'https://login.wrike.com/oauth2/authorize/v4',
    token: 'https://login.wrike.com/oauth2/token',
    userinfo: 'https://{apiHost}/api/v4/contacts?me=true',
  },
  scopes: { separator: ',', signIn: ['Default'] },
  wire: { keepFromToken: ['host'] },
  identity: {
    from: 'userinfo',
    subject: 'data.0.id',
    name: ['data.0.firstName', 'data.0.lastName'],
    email: 'data.0.primaryEmail',
    picture: 'data.0.avatarUrl',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600 },
  localhost: 'allowed',
  apiHosts: ['{apiHost}'],
  links: {
    console: 'https://www.wrike.com/frontend/apps/index.html#/api',
    docs: 'https://developers.wrike.com/oauth-20-authorization/',
  },
  traps: ['The token response names the host that holds the account; calls to another one are refused.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: ['https://developers.wrike.com/oauth-20-authorization', 'https://developers.wrike.com/overview'],
  },
}
