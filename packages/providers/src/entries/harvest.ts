import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'harvest',
  name: 'Harvest',
  protocol: 'oauth2',
  domains: ['getharvest.com', 'harvestapp.com', 'forecastapp.com'],
  endpoints: {
    authorization: 'https://id.getharvest.com/oauth2/authorize',
    token: 'https://id.getharvest.com/api/v2/oauth2/token',
    userinfo: 'https://id.getharvest.com/api/v2/accounts',
  },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: ['user.first_name', 'user.last_name'],
    email: 'user.email',
  },
  quirks: ['tenant-from-api-call'],
  refresh: { issued: 'yes', accessTokenSeconds: 1209600 },
  localhost: 'unknown',
  apiHosts: ['api.harvestapp.com', 'api.forecastapp.com'],
  links: {
    console: 'https://id.getharvest.com/developers',
    docs: 'https://help.getharvest.com/api-v2/authentication-api/authentication/authentication/',
  },
  traps: ['API calls need the header Harvest-Account-Id, one of the accounts that userinfo lists.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'One source has the addresses of the API before 2018; the two others agree on id.getharvest.com.',
    ],
  },
}
