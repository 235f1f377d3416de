import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'donation-alerts',
  name: 'DonationAlerts',
  protocol: 'oauth2',
  domains: ['donationalerts.com'],
  endpoints: {
    authorization: 'https://www.donationalerts.com/oauth/authorize',
    token: 'https://www.donationalerts.com/oauth/token',
    userinfo: 'https://www.donationalerts.com/api/v1/user/oauth',
  },
  scopes: { signIn: ['oauth-user-show'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    login: 'data.code',
    email: 'data.email',
    picture: 'data.avatar',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  apiHosts: ['www.donationalerts.com'],
  links: {
    console: 'https://www.donationalerts.com/application/clients',
    docs: 'https://www.donationalerts.com/apidoc',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
