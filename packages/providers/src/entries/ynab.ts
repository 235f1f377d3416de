import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ynab',
  name: 'YNAB',
  protocol: 'oauth2',
  domains: ['youneedabudget.com'],
  endpoints: {
    authorization: 'https://app.youneedabudget.com/oauth/authorize',
    token: 'https://app.youneedabudget.com/oauth/token',
    userinfo: 'https://api.youneedabudget.com/v1/user',
  },
  identity: { from: 'userinfo', subject: 'data.user.id' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://app.youneedabudget.com/settings/developer',
    console: 'https://app.youneedabudget.com/settings/developer',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
