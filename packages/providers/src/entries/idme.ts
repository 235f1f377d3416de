import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'idme',
  name: 'ID.me',
  protocol: 'oidc',
  domains: ['id.me'],
  issuer: 'https://api.id.me/oidc',
  endpoints: {
    authorization: 'https://api.id.me/oauth/authorize',
    token: 'https://api.id.me/oauth/token',
  },
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { console: 'https://developers.id.me/', docs: 'https://docs.id.me/' },
  traps: [
    'An app is given scopes of its own, for a group or a level of identity; ask for one of them beside openid.',
    'Sandbox and production have different hosts and client ids.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    urls: ['https://api.id.me/oidc/.well-known/openid-configuration'],
    decisions: ['Its userinfo answers with a signed JWT instead of JSON, so only the ID token is read.'],
  },
}
