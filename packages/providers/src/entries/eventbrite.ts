import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'eventbrite',
  name: 'Eventbrite',
  protocol: 'oauth2',
  domains: ['eventbrite.com', 'eventbriteapi.com'],
  endpoints: {
    authorization: 'https://www.eventbrite.com/oauth/authorize',
    token: 'https://www.eventbrite.com/oauth/token',
    userinfo: 'https://www.eventbriteapi.com/v3/users/me/',
  },
  scopes: { signIn: ['user.profile'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'emails',
    emailVerified: 'verified',
    picture: 'image_id',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://www.eventbrite.com/platform/api',
    console: 'https://www.eventbrite.com/myaccount/apps/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
