import type { Entry } from '../entry.ts'

// TODO notes: "Canada is accounts.zohocloud.ca"
// TODO derived quirks expected: offline-needs-extra-params tenant-in-callback tenant-in-token-response
export const entry: Entry = {
  id: 'zoho',
  name: 'Zoho',
  protocol: 'oauth2',
  domains: ['zoho.x'],
  tenant: {
    extension: {
      description: 'TODO',
      example: 'acme',
      kind: 'choice',
      choices: ['com', 'eu', 'in', 'com.au', 'jp', 'sa', 'uk', 'com.cn'],
      default: 'com',
    },
  },
  endpoints: {
    authorization: 'https://accounts.zoho.{extension}/oauth/v2/auth',
    token: 'https://accounts.zoho.{extension}/oauth/v2/token',
    userinfo: 'https://accounts.zoho.{extension}/oauth/user/info',
    revocation: 'https://accounts.zoho.{extension}/oauth/v2/token/revoke',
  },
  scopes: { signIn: ['AaaServer.profile.READ'] },
  wire: { keepFromToken: ['api_domain'] },
  identity: {
    from: 'userinfo',
    subject: 'ZUID',
    name: ['First_Name', 'Last_Name'],
    email: 'Email',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://www.zoho.com/accounts/protocol/oauth.html',
    console: 'https://api-console.zoho.com',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}
