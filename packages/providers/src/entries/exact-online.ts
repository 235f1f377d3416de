import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "{issuer}/api/oauth2/auth", "sources": 1}, {"value": "https://start.exactonline.nl/api/oauth2/auth", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "{issuer}/api/oauth2/token", "sources": 1}, {"value": "https://start.exactonline.nl/api/oauth2/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "{issuer}/api/v1/current/Me", "sources": 1}, {"value": "https://start.exactonline.nl/api/v1/current/Me", "sources": 1}]}]
export const entry: Entry = {
  id: 'exact-online',
  name: 'Exact Online',
  protocol: 'oauth2',
  domains: ['exactonline.x'],
  tenant: {
    extension: {
      description: 'TODO',
      example: 'acme',
      kind: 'choice',
      choices: ['nl', 'be', 'de', 'co.uk', 'fr', 'es', 'com'],
      default: 'nl',
    },
  },
  endpoints: {
    authorization: 'https://start.exactonline.{extension}/api/oauth2/auth',
    token: 'https://start.exactonline.{extension}/api/oauth2/token',
    userinfo: 'https://start.exactonline.{extension}/api/v1/current/Me',
  },
  quirks: ['nonstandard-token-fields'],
  identity: {
    from: 'userinfo',
    subject: 'd.results.0.UserID',
    name: 'd.results.0.FullName',
    email: 'd.results.0.Email',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://support.exactonline.com/community/s/knowledge-base#All-All-DNO-Content-oauth-eol-oauth-dev-impleovervw',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
