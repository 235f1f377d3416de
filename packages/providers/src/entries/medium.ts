import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'medium',
  name: 'Medium',
  protocol: 'oauth2',
  domains: ['medium.com'],
  endpoints: {
    authorization: 'https://medium.com/m/oauth/authorize',
    token: 'https://api.medium.com/v1/tokens',
    userinfo: 'https://api.medium.com/v1/me',
  },
  scopes: { separator: ',', signIn: ['basicProfile'] },
  quirks: ['no-expires-in', 'scope-as-array'],
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    login: 'data.username',
    picture: 'data.imageUrl',
  },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 5184000 },
  localhost: 'unknown',
  apiHosts: ['api.medium.com'],
  links: { docs: 'https://github.com/Medium/medium-api-docs' },
  ending: 'Medium no longer supports its API and admits no new integrations.',
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
