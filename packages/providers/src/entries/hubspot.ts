import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'hubspot',
  name: 'HubSpot',
  protocol: 'oauth2',
  domains: ['hubspot.com', 'hubapi.com'],
  endpoints: {
    authorization: 'https://app.hubspot.com/oauth/authorize',
    token: 'https://api.hubapi.com/oauth/2026-03/token',
    userinfo: 'https://api.hubapi.com/oauth/2026-03/token/introspect',
    revocation: 'https://api.hubapi.com/oauth/2026-03/token/revoke',
    introspection: 'https://api.hubapi.com/oauth/2026-03/token/introspect',
  },
  scopes: { signIn: ['oauth'], connect: ['oauth'] },
  quirks: ['dated-endpoint', 'introspection-as-userinfo', 'long-access-token-string'],
  wire: { keepFromToken: ['hub_id'] },
  identity: { from: 'userinfo', subject: ['hub_id', 'user_id'], login: 'user', email: 'user' },
  refresh: {
    issued: 'yes',
    rotates: false,
    accessTokenSeconds: 1800,
    note: 'Lasts until the app is uninstalled from the account.',
  },
  localhost: 'allowed',
  apiHosts: ['api.hubapi.com'],
  links: {
    console: 'https://developers.hubspot.com/',
    docs: 'https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens',
  },
  traps: [
    'The scopes of the request must match those of the app; further ones go into optional_scope.',
    'Until an app is listed or verified people see a warning, and few accounts may install it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: [
      'https://developers.hubspot.com/changelog/v1-oauth-api-deprecation',
      'https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens',
      'https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/token-introspect',
    ],
    decisions: [
      'Sources read the token metadata at a v1 address that holds the token in its path and ends in February 2027; introspection names portal and user as well.',
      'One person has one user_id in every portal, so the portal is part of the subject.',
    ],
  },
}
