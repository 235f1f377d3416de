import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'lyft',
  name: 'Lyft',
  protocol: 'oauth2',
  domains: ['lyft.com'],
  endpoints: {
    authorization: 'https://api.lyft.com/oauth/authorize',
    token: 'https://api.lyft.com/oauth/token',
    userinfo: 'https://api.lyft.com/v1/profile',
    revocation: 'https://api.lyft.com/oauth/revoke_refresh_token',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile'], connect: ['offline', 'profile'] },
  wire: {
    revocationRequest: {
      method: 'POST',
      sends: { token: '{refresh_token}' },
      as: 'json',
      authorization: 'basic',
    },
  },
  identity: { from: 'userinfo', subject: 'id', name: ['first_name', 'last_name'] },
  refresh: { issued: 'conditional', accessTokenSeconds: 3600, note: 'Only with the scope offline.' },
  localhost: 'unknown',
  apiHosts: ['api.lyft.com'],
  links: { docs: 'https://developer.lyft.com/' },
  traps: ['Lyft no longer gives keys of its public API to everybody; access is for partners.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'Sources revoke with the access token or with the refresh token; it is the refresh token, as the address says.',
    ],
  },
}
