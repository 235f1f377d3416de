import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'superoffice',
  name: 'SuperOffice',
  protocol: 'oauth2',
  domains: ['superoffice.com'],
  tenant: {
    host: {
      description: 'The host of its login: production, stage or development',
      example: 'sod.superoffice.com',
      kind: 'choice',
      choices: ['online.superoffice.com', 'qaonline.superoffice.com', 'sod.superoffice.com'],
      default: 'online.superoffice.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/login/common/oauth/authorize',
    token: 'https://{host}/login/common/oauth/tokens',
  },
  scopes: { connect: ['openid'] },
  identity: { from: 'nothing', because: 'Its sub is a login name, which people of two customers can share.' },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'allowed',
  links: {
    console: 'https://devnet.superoffice.com/',
    docs: 'https://docs.superoffice.com/en/authentication/online/api.html',
  },
  traps: [
    'An app is registered with SuperOffice and starts on the development host; the other two take a review.',
    "API calls go to the customer's own host, which the ID token names.",
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
