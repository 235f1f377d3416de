import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'untappd',
  name: 'Untappd',
  protocol: 'oauth2',
  domains: ['untappd.com'],
  endpoints: {
    authorization: 'https://untappd.com/oauth/authenticate',
    token: 'https://untappd.com/oauth/authorize',
    userinfo: 'https://api.untappd.com/v4/user/info',
  },
  quirks: ['get-token-request', 'no-scope-parameter', 'nonstandard-token-fields'],
  wire: {
    authorizeNames: { redirect_uri: 'redirect_url' },
    tokenNames: { redirect_uri: 'redirect_url' },
    tokenExtra: { response_type: 'code' },
    tokenOmits: ['grant_type'],
    tokenPath: 'response',
    userinfoQuery: { access_token: '{access_token}' },
    authorizationScheme: 'none',
  },
  identity: {
    from: 'userinfo',
    subject: 'response.user.uid',
    name: ['response.user.first_name', 'response.user.last_name'],
    login: 'response.user.user_name',
    picture: 'response.user.user_avatar',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.untappd.com'],
  links: { console: 'https://untappd.com/api/dashboard', docs: 'https://untappd.com/api/docs' },
  traps: ['Registration of new apps is closed at times, and each one is reviewed.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ["The subject is uid: the other source's id is not a member of its answer."],
  },
}
