import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: '42-school',
  name: '42 School',
  protocol: 'oauth2',
  domains: ['42.fr'],
  endpoints: {
    authorization: 'https://api.intra.42.fr/oauth/authorize',
    token: 'https://api.intra.42.fr/oauth/token',
    userinfo: 'https://api.intra.42.fr/v2/me',
  },
  scopes: { signIn: ['public'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'usual_full_name',
    email: 'email',
    picture: 'image.link',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://api.intra.42.fr/apidoc/guides/web_application_flow' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
