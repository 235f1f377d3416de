import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pushbullet',
  name: 'Pushbullet',
  protocol: 'oauth2',
  domains: ['pushbullet.com'],
  endpoints: {
    authorization: 'https://www.pushbullet.com/authorize',
    token: 'https://api.pushbullet.com/oauth2/token',
    userinfo: 'https://api.pushbullet.com/v2/users/me',
  },
  quirks: ['no-scope-parameter'],
  identity: { from: 'userinfo', subject: 'iden', name: 'name', email: 'email', picture: 'image_url' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.pushbullet.com'],
  links: { console: 'https://www.pushbullet.com/#settings/clients', docs: 'https://docs.pushbullet.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
