import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'bankid-no',
  name: 'BankID',
  protocol: 'oidc',
  domains: ['bankid.no'],
  issuer: 'https://auth.bankid.no/auth/realms/prod',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.bankid.no/' },
  traps: [
    'A client is ordered from BankID or one of its partners; there is no console for everybody.',
    'The test environment is at auth.current.bankid.no, with a realm of its own.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['No login_hint is sent: the one of a source narrows the choice to one kind of BankID.'],
  },
}
