import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  protocol: 'oidc',
  domains: ['jumpcloud.com'],
  issuer: 'https://oauth.id.jumpcloud.com',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://jumpcloud.com/support/sso-with-oidc' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
