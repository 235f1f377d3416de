import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'logingov',
  name: 'Login.gov',
  protocol: 'oidc',
  domains: ['login.gov', 'identitysandbox.gov'],
  tenant: {
    host: {
      description: 'Host of Login.gov: production, or the sandbox for tests',
      example: 'secure.login.gov',
      kind: 'choice',
      choices: ['secure.login.gov', 'idp.int.identitysandbox.gov'],
      default: 'secure.login.gov',
    },
  },
  issuer: 'https://{host}/',
  endpoints: {
    authorization: 'https://{host}/openid_connect/authorize',
    token: 'https://{host}/api/openid_connect/token',
    userinfo: 'https://{host}/api/openid_connect/userinfo',
  },
  clientAuthentication: 'private_key_jwt',
  scopes: { signIn: ['openid', 'email'] },
  authorizeParams: { acr_values: 'urn:acr.login.gov:auth-only' },
  quirks: ['assertion-for-token-endpoint', 'subject-scoped-to-app'],
  identity: { from: 'id-token' },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: {
    console: 'https://portal.int.identitysandbox.gov/',
    docs: 'https://developers.login.gov/oidc/getting-started/',
  },
  traps: [
    'Only agencies of the United States with an agreement can use it in production; the sandbox is open to their staff.',
    'acr_values sets how well somebody is known; replace it where proof of identity is needed.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The first source has only the sandbox, whose hosts differ from those of production.'],
  },
}
