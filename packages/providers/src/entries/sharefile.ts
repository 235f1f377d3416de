import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'sharefile',
  name: 'ShareFile',
  protocol: 'oauth2',
  domains: ['sharefile.com', 'sf-api.com'],
  tenant: {
    subdomain: { description: "The account's name before .sharefile.com", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.sharefile.com/oauth/authorize',
    token: 'https://{subdomain}.sharefile.com/oauth/token',
    userinfo: 'https://{subdomain}.sf-api.com/sf/v3/Users',
  },
  quirks: ['no-scope-parameter'],
  wire: { callbackTenant: { subdomain: '{subdomain}' }, keepFromToken: ['subdomain', 'apicp'] },
  identity: { from: 'userinfo', subject: 'Id', name: 'FullName', email: 'Email' },
  refresh: { issued: 'yes', accessTokenSeconds: 28800 },
  localhost: 'unknown',
  apiHosts: ['{subdomain}.sf-api.com'],
  links: {
    console: 'https://api.sharefile.com/apikeys',
    docs: 'https://api.sharefile.com/gettingstarted/oauth2',
  },
  traps: ['The callback names the account, which must be the configured one.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      "The account's own hosts rather than secure.sharefile.com, where a code would have to be redeemed at a host that the callback names.",
    ],
  },
}
