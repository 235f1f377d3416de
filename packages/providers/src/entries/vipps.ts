import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vipps',
  name: 'Vipps',
  protocol: 'oidc',
  domains: ['vipps.no'],
  tenant: {
    host: {
      description: 'The host of its API: production or test',
      example: 'apitest.vipps.no',
      kind: 'choice',
      choices: ['api.vipps.no', 'apitest.vipps.no'],
      default: 'api.vipps.no',
    },
  },
  issuer: 'https://{host}/access-management-1.0/access/',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'name', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: {
    console: 'https://portal.vippsmobilepay.com/',
    docs: 'https://developer.vippsmobilepay.com/docs/APIs/login-api/',
  },
  traps: [
    'A sales unit has either basic or post as the way its client authenticates: set client_authentication to the one chosen in the portal.',
    'Name and e-mail address come from userinfo; the ID token lacks them.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
