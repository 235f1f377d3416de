import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'foursquare',
  name: 'Foursquare',
  protocol: 'oauth2',
  domains: ['foursquare.com'],
  endpoints: {
    authorization: 'https://foursquare.com/oauth2/authenticate',
    token: 'https://foursquare.com/oauth2/access_token',
    userinfo: 'https://api.foursquare.com/v2/users/self',
  },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { oauth_token: '{access_token}', v: '20240101' }, authorizationScheme: 'none' },
  identity: {
    from: 'userinfo',
    subject: 'response.user.id',
    name: ['response.user.firstName', 'response.user.lastName'],
    email: 'response.user.contact.email',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.foursquare.com'],
  links: {
    console: 'https://foursquare.com/developers/',
    docs: 'https://docs.foursquare.com/developer/reference/authentication-v2',
  },
  traps: ['Every call carries a date as the parameter v, which fixes the form of the answer.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'authenticate lets people who have consented before pass, where authorize asks again each time.',
      'The answer has the record under response.user, and the date of the API is fixed here.',
    ],
  },
}
