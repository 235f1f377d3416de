import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jamendo',
  name: 'Jamendo',
  protocol: 'oauth2',
  domains: ['jamendo.com'],
  endpoints: {
    authorization: 'https://api.jamendo.com/v3.0/oauth/authorize',
    token: 'https://api.jamendo.com/v3.0/oauth/grant',
    userinfo: 'https://api.jamendo.com/v3.0/users/',
  },
  scopes: { signIn: ['music'] },
  wire: {
    userinfoQuery: { client_id: '{client_id}', access_token: '{access_token}', format: 'json' },
    authorizationScheme: 'none',
  },
  identity: {
    from: 'userinfo',
    subject: 'results.0.id',
    name: 'results.0.dispname',
    login: 'results.0.name',
    picture: 'results.0.image',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['api.jamendo.com'],
  links: {
    console: 'https://devportal.jamendo.com/',
    docs: 'https://developer.jamendo.com/v3.0/authentication',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
