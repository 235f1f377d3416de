import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'arcgis',
  name: 'ArcGIS Online',
  protocol: 'oauth2',
  domains: ['arcgis.com'],
  endpoints: {
    authorization: 'https://www.arcgis.com/sharing/rest/oauth2/authorize',
    token: 'https://www.arcgis.com/sharing/rest/oauth2/token',
    revocation: 'https://www.arcgis.com/sharing/rest/oauth2/revokeToken',
    userinfo: 'https://www.arcgis.com/sharing/rest/community/self',
  },
  quirks: ['client-chosen-expiry', 'error-with-http-200', 'nonstandard-token-fields'],
  wire: { userinfoQuery: { f: 'json' } },
  identity: { from: 'userinfo', subject: 'id', name: 'fullName', login: 'username', email: 'email' },
  refresh: {
    issued: 'yes',
    omitted: true,
    accessTokenSeconds: 1800,
    endsAfterDays: 14,
    note: 'The parameter expiration asks for a longer life, up to 90 days.',
  },
  localhost: 'allowed',
  apiHosts: ['www.arcgis.com'],
  links: {
    console: 'https://location.arcgis.com/credentials',
    docs: 'https://developers.arcgis.com/documentation/security-and-authentication/user-authentication/oauth-credentials-user/',
  },
  traps: [
    "ArcGIS Enterprise has the same paths on a portal of one's own, whose endpoints have to be configured by hand.",
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ["The subject is id over username, since id is the account's own key."],
  },
}
