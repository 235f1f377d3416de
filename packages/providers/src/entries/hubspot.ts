import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "user_id + hub_id", "email": "user", "name": "user", "basis": "introspection response"}
// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO pkceNote: "code_verifier documented"
// TODO legacy: {"tokenEndpoint": "https://api.hubapi.com/oauth/v1/token", "userinfoEndpoint": "https://api.hubapi.com/oauth/v1/access-tokens/{access_token}", "endOfLife": "2027-02-16"}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.hubapi.com/oauth/v1/access-tokens", "sources": 2}, {"value": "https://api.hubapi.com/oauth/v1/access-tokens/{tenant}", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "user_id", "sources": 3}, {"value": "user", "sources": 1}]}]
// TODO derived quirks expected: short-access-token token-in-path-userinfo
export const entry: Entry = {
  id: 'hubspot',
  name: 'HubSpot',
  protocol: 'oauth2',
  domains: ['hubapi.com', 'hubspot.com'],
  endpoints: {
    authorization: 'https://app.hubspot.com/oauth/authorize',
    token: 'https://api.hubapi.com/oauth/2026-03/token',
    revocation: 'https://api.hubapi.com/oauth/2026-03/token/revoke',
    introspection: 'https://api.hubapi.com/oauth/2026-03/token/introspect',
  },
  scopes: { signIn: ['oauth'] },
  quirks: ['dated-endpoint', 'long-access-token-string'],
  identity: { from: 'nothing', because: 'TODO' },
  refresh: {
    issued: 'yes',
    rotates: false,
    accessTokenSeconds: 1800,
    note: 'until uninstall',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens',
    console: 'https://developers.hubspot.com/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: [
      'https://developers.hubspot.com/changelog/v1-oauth-api-deprecation',
      'https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens',
    ],
  },
}
