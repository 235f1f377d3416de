import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'nokotime',
  name: 'Noko',
  protocol: 'oauth2',
  domains: ['nokotime.com'],
  endpoints: {
    authorization: 'https://secure.nokotime.com/oauth/2/authorize',
    token: 'https://secure.nokotime.com/oauth/2/access_token',
    userinfo: 'https://api.nokotime.com/v2/current_user',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    email: 'email',
    picture: 'profile_image_url',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.nokotime.com'],
  links: { docs: 'https://developer.nokotime.com/v2/authentication/' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
