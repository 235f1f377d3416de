import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://api.sandbox.freeagent.com/v2/approve_app", "tokenEndpoint": "https://api.sandbox.freeagent.com/v2/token_endpoint", "apiBase": "https://api.sandbox.freeagent.com"}}
export const entry: Entry = {
  id: 'freeagent',
  name: 'FreeAgent',
  protocol: 'oauth2',
  domains: ['freeagent.com'],
  endpoints: {
    authorization: 'https://api.freeagent.com/v2/approve_app',
    token: 'https://api.freeagent.com/v2/token_endpoint',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
