import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'bankid-no',
  name: 'BankID Norge',
  protocol: 'oidc',
  domains: ['bankid.no'],
  issuer: 'https://auth.bankid.no/auth/realms/prod',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { ui_locales: 'no', login_hint: 'BIS' },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://bankid.no' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
