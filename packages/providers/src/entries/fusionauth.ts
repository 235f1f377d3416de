import type { Entry } from '../entry.ts'

// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'fusionauth',
  name: 'FusionAuth',
  protocol: 'oidc',
  domains: [],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  issuer: 'TODO',
  endpoints: {
    authorization: 'https://{subdomain}/oauth2/authorize',
    token: 'https://{subdomain}/oauth2/token',
    userinfo: 'https://{subdomain}/oauth2/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://fusionauth.io/docs/v1/tech/oauth/' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
