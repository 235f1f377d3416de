import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://id.getharvest.com/oauth2/authorize", "sources": 2}, {"value": "https://api.harvestapp.com/oauth2/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://id.getharvest.com/api/v2/oauth2/token", "sources": 2}, {"value": "https://api.harvestapp.com/oauth2/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://id.getharvest.com/api/v2/accounts", "sources": 2}, {"value": "https://{subdomain}.harvestapp.com/account/who_am_i", "sources": 1}]}]
export const entry: Entry = {
  id: 'harvest',
  name: 'Harvest',
  protocol: 'oauth2',
  domains: ['getharvest.com'],
  endpoints: {
    authorization: 'https://id.getharvest.com/oauth2/authorize',
    token: 'https://id.getharvest.com/api/v2/oauth2/token',
    userinfo: 'https://id.getharvest.com/api/v2/accounts',
  },
  identity: { from: 'userinfo', subject: 'user.id', email: 'user.email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://help.getharvest.com/api-v2/authentication-api/authentication/authentication/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
