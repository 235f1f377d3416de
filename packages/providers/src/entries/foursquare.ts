import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://foursquare.com/oauth2/authenticate", "sources": 3}, {"value": "https://foursquare.com/oauth2/authorize", "sources": 1}]}]
export const entry: Entry = {
  id: 'foursquare',
  name: 'Foursquare',
  protocol: 'oauth2',
  domains: ['foursquare.com'],
  tenant: {
    apiVersion: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://foursquare.com/oauth2/authenticate',
    token: 'https://foursquare.com/oauth2/access_token',
    userinfo: 'https://api.foursquare.com/v2/users/self?v={apiVersion}',
  },
  wire: {
    userinfoQuery: {
      oauth_token: '{access_token}',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: ['user.firstName', 'user.lastName'],
    email: 'user.contact.email',
    picture: 'user.photo',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.foursquare.com/developer/reference/personalization-apis-authentication#web-app-authentication',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}
