import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'yammer',
  name: 'Yammer (Viva Engage)',
  protocol: 'oauth2',
  domains: ['yammer.com'],
  endpoints: {
    authorization: 'https://www.yammer.com/oauth2/authorize',
    token: 'https://www.yammer.com/oauth2/access_token',
    userinfo: 'https://www.yammer.com/api/v1/users/current.json',
  },
  quirks: ['no-scope-parameter', 'nonstandard-token-fields'],
  wire: { tokenMembers: { access_token: 'access_token.token' } },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'full_name',
    login: 'name',
    email: 'email',
    picture: 'mugshot_url',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['www.yammer.com'],
  links: {
    console: 'https://www.yammer.com/client_applications',
    docs: 'https://learn.microsoft.com/en-us/rest/api/yammer/authentication-1',
  },
  ending:
    'Microsoft calls it legacy and asks for tokens of Entra ID instead, to which this API listens as well.',
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The newer pair of endpoints: dialog/oauth belongs to its first app kits.'],
  },
}
