import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ynab',
  name: 'YNAB',
  protocol: 'oauth2',
  domains: ['ynab.com'],
  endpoints: {
    authorization: 'https://app.ynab.com/oauth/authorize',
    token: 'https://app.ynab.com/oauth/token',
    userinfo: 'https://api.ynab.com/v1/user',
  },
  scopes: { signIn: ['read-only'] },
  quirks: ['host-renamed'],
  identity: { from: 'userinfo', subject: 'data.user.id' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['api.ynab.com'],
  links: {
    console: 'https://app.ynab.com/settings/developer',
    docs: 'https://api.ynab.com/#oauth-applications',
  },
  traps: [
    'A new app is restricted to 25 people until it is reviewed.',
    'Without a scope a token may write; read-only is the one scope there is.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['ynab.com: youneedabudget.com is its old name.'],
  },
}
