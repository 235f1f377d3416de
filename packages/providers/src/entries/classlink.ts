import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'classlink',
  name: 'ClassLink',
  protocol: 'oidc',
  domains: ['classlink.com'],
  issuer: 'https://launchpad.classlink.com',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://help.classlink.com/s/topic/0TO1E0000009PVYWA2/api' },
  traps: ['Apps are registered with ClassLink as a partner.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
