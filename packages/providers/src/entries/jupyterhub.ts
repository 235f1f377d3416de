import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jupyterhub',
  name: 'JupyterHub',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the hub, with its base path but without /hub',
      example: 'https://jupyter.example.com',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{url}/hub/api/oauth2/authorize',
    token: '{url}/hub/api/oauth2/token',
    userinfo: '{url}/hub/api/user',
  },
  identity: {
    from: 'nothing',
    because: 'The hub knows people by a login name only, which can be changed and be given to somebody else.',
  },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: { docs: 'https://jupyterhub.readthedocs.io/en/stable/reference/services.html' },
  traps: ['A client is a service in the configuration of the hub, and its client id begins with service-.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
