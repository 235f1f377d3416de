import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jupyterhub',
  name: 'JupyterHub',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: {
      description: 'TODO',
      example: 'acme',
      kind: 'host',
    },
  },
  endpoints: {
    authorization: 'https://{host}/hub/api/oauth2/authorize',
    token: 'https://{host}/hub/api/oauth2/token',
    userinfo: 'https://{host}/hub/api/user',
  },
  identity: { from: 'userinfo', subject: 'name', name: 'name' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://jupyterhub.readthedocs.io/en/stable/api/services.auth.html' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
