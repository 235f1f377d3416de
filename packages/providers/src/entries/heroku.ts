import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'heroku',
  name: 'Heroku',
  protocol: 'oauth2',
  domains: ['heroku.com'],
  endpoints: {
    authorization: 'https://id.heroku.com/oauth/authorize',
    token: 'https://id.heroku.com/oauth/token',
    userinfo: 'https://api.heroku.com/account',
  },
  scopes: { signIn: ['identity'] },
  wire: { headers: { Accept: 'application/vnd.heroku+json; version=3' } },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'yes', accessTokenSeconds: 28800 },
  localhost: 'allowed',
  apiHosts: ['api.heroku.com'],
  links: {
    console: 'https://dashboard.heroku.com/account/applications',
    docs: 'https://devcenter.heroku.com/articles/oauth',
  },
  traps: ['Redirect URIs other than localhost must be https.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: ['https://devcenter.heroku.com/articles/oauth'],
  },
}
