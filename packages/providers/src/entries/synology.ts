import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'synology',
  name: 'Synology SSO',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    server: {
      description: 'The address of the DSM with its SSO Server',
      example: 'https://nas.example.com:5001',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{server}/webman/sso/SSOOauth.cgi',
    token: '{server}/webman/sso/SSOAccessToken.cgi',
  },
  scopes: { connect: ['openid', 'email'] },
  identity: {
    from: 'nothing',
    because: 'Its sub is the user name, which an administrator can change and give to somebody else.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://kb.synology.com/en-global/DSM/help/SSOServer/sso_server_desc' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
