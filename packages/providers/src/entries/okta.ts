import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'okta',
  name: 'Okta',
  protocol: 'oidc',
  domains: [],
  tenant: {
    domain: {
      description: 'The Okta domain or the custom domain of the organization, not the one with -admin',
      example: 'acme.okta.com',
      kind: 'host',
    },
  },
  issuer: 'https://{domain}',
  endpoints: {
    authorization: 'https://{domain}/oauth2/v1/authorize',
    token: 'https://{domain}/oauth2/v1/token',
    userinfo: 'https://{domain}/oauth2/v1/userinfo',
    revocation: 'https://{domain}/oauth2/v1/revoke',
    introspection: 'https://{domain}/oauth2/v1/introspect',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 3600,
    note: 'Only with offline_access and the grant type refresh token; rotation is a setting of the app.',
  },
  localhost: 'allowed',
  apiHosts: ['{domain}'],
  links: {
    console: 'https://login.okta.com/',
    docs: 'https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/',
  },
  traps: [
    'Make an OIDC web application, and assign people or groups to it.',
    "This is the organization's own authorization server; for another one set issuer to https://your-domain/oauth2/default or the like.",
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 6,
    decisions: [
      'Sources take a subdomain, a host or a whole address; a host covers custom and preview domains too.',
    ],
  },
}
