import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'smartsheet',
  name: 'Smartsheet',
  protocol: 'oauth2',
  domains: ['smartsheet.com', 'smartsheet.eu', 'smartsheet.au'],
  tenant: {
    domain: {
      description: 'Its domain: by where the accounts are kept',
      example: 'smartsheet.eu',
      kind: 'choice',
      choices: ['smartsheet.com', 'smartsheet.eu', 'smartsheet.au'],
      default: 'smartsheet.com',
    },
  },
  endpoints: {
    authorization: 'https://app.{domain}/b/authorize',
    token: 'https://api.{domain}/2.0/token',
    userinfo: 'https://api.{domain}/2.0/users/me',
  },
  scopes: { signIn: ['READ_USERS'] },
  quirks: ['hashed-secret'],
  identity: { from: 'userinfo', subject: 'id', name: ['firstName', 'lastName'], email: 'email' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 604800 },
  localhost: 'allowed',
  apiHosts: ['api.{domain}'],
  links: {
    console: 'https://app.smartsheet.com/b/home',
    docs: 'https://developers.smartsheet.com/api/smartsheet/guides/advanced-topics/oauth',
  },
  traps: ['An app is registered in the Developer Tools of an account, which have to be enabled first.'],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
