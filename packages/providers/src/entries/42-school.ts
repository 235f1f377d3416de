import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: '42-school',
  name: '42',
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
    login: 'login',
    email: 'email',
    picture: 'image.link',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['api.intra.42.fr'],
  links: {
    console: 'https://profile.intra.42.fr/oauth/applications',
    docs: 'https://api.intra.42.fr/apidoc/guides/web_application_flow',
  },
  traps: [
    "The client secret ends after about a month, and its successor is shown on the app's page beforehand.",
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
