import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'smartsheet',
  name: 'Smartsheet',
  protocol: 'oauth2',
  domains: ['smartsheet.com'],
  endpoints: {
    authorization: 'https://app.smartsheet.com/b/authorize',
    token: 'https://api.smartsheet.com/2.0/token',
    userinfo: 'https://api.smartsheet.com/2.0/users/me',
  },
  quirks: ['hashed-secret'],
  identity: { from: 'userinfo', subject: 'id', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://smartsheet.redoc.ly/#section/OAuth-Walkthrough' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
