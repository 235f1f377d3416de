import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'x-oauth1',
  name: 'X (OAuth 1.0a)',
  protocol: 'oauth1',
  domains: ['x.com'],
  endpoints: {
    requestToken: 'https://api.x.com/oauth/request_token',
    authorization: 'https://api.x.com/oauth/authenticate',
    token: 'https://api.x.com/oauth/access_token',
    userinfo: 'https://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email',
  },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    login: 'data.username',
    email: 'data.confirmed_email',
    picture: 'data.profile_image_url',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  quirks: ['host-renamed'],
  localhost: 'allowed',
  apiHosts: ['api.x.com'],
  links: {
    console: 'https://developer.x.com/en/portal/dashboard',
    docs: 'https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens',
  },
  traps: [
    'What the app may do is set in its settings; oauth1.request_token_params.x_auth_access_type asks for less.',
    'The e-mail address has to be switched on for the app.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'The second version of users/me: users/show, which a source has, needs to be told a name.',
      'authenticate instead of authorize: who has consented before is not asked again.',
    ],
  },
}
