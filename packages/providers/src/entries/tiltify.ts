import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'tiltify',
  name: 'Tiltify',
  protocol: 'oauth2',
  domains: ['tiltify.com'],
  endpoints: {
    authorization: 'https://v5api.tiltify.com/oauth/authorize',
    token: 'https://v5api.tiltify.com/oauth/token',
    userinfo: 'https://v5api.tiltify.com/api/public/current-user',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.tiltify.com/api-reference/public#tag/user/operation/V5ApiWeb.Public.UserController.current_user',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
