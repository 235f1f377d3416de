import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'phantauth',
  name: 'PhantAuth',
  protocol: 'oauth2',
  domains: ['phantauth.net'],
  endpoints: {
    authorization: 'https://phantauth.net/auth/authorize',
    token: 'https://phantauth.net/auth/token',
    userinfo: 'https://phantauth.net/auth/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: {
    from: 'nothing',
    because: 'It makes up people for tests: whoever names one of them is that one, without a password.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://www.phantauth.net/doc/' },
  traps: ['It is for tests; never let it sign people in.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
