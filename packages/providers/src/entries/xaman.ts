import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'xaman',
  name: 'Xaman',
  protocol: 'oauth2',
  domains: ['xumm.app'],
  endpoints: {
    authorization: 'https://oauth2.xumm.app/auth',
    token: 'https://oauth2.xumm.app/token',
    userinfo: 'https://oauth2.xumm.app/userinfo',
  },
  identity: { from: 'userinfo', subject: 'sub', name: 'name', email: 'email', picture: 'picture' },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  links: {
    console: 'https://apps.xumm.dev/',
    docs: 'https://docs.xaman.dev/concepts/authorization-sign-in/openid-connect-oauth2',
  },
  traps: ['The account is an address on the XRP Ledger: one person can have several.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The brand is Xaman now; its hosts still carry the older name.'],
  },
}
