import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'optimizely',
  name: 'Optimizely',
  protocol: 'oauth2',
  domains: ['optimizely.com'],
  endpoints: {
    authorization: 'https://app.optimizely.com/oauth2/authorize',
    token: 'https://app.optimizely.com/oauth2/token',
  },
  scopes: { connect: ['all'] },
  wire: { authorizeNames: { scope: 'scopes' } },
  identity: {
    from: 'nothing',
    because: 'Its REST API lists projects and experiments, with no call that says whose a token is.',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['api.optimizely.com'],
  links: { docs: 'https://docs.developers.optimizely.com/web-experimentation/reference/authentication' },
  traps: ['all is the only scope.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
