import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'agave',
  name: 'Agave',
  protocol: 'oauth2',
  domains: ['agaveapi.co'],
  endpoints: {
    authorization: 'https://public.agaveapi.co/authorize',
    token: 'https://public.agaveapi.co/token',
    userinfo: 'https://public.agaveapi.co/profiles/v2/me',
  },
  scopes: { signIn: ['PRODUCTION'] },
  identity: {
    from: 'userinfo',
    subject: 'create_time',
    name: 'first_name.last_name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://public.agaveapi.co/create_account' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
