import type { Entry } from '../entry.ts'

// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'typeform',
  name: 'Typeform',
  protocol: 'oauth2',
  domains: ['typeform.com'],
  endpoints: {
    authorization: 'https://api.typeform.com/oauth/authorize',
    token: 'https://api.typeform.com/oauth/token',
    userinfo: 'https://api.typeform.com/me',
  },
  scopes: { signIn: ['accounts:read'], connect: ['accounts:read', 'offline'] },
  identity: { from: 'userinfo', subject: 'user_id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://www.typeform.com/developers/get-started/applications/' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
