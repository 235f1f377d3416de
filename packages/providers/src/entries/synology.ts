import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'synology',
  name: 'Synology',
  protocol: 'oauth2',
  domains: ['example.com'],
  tenant: {
    baseURL: {
      description: 'TODO',
      example: 'acme',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{baseURL}/webman/sso/SSOOauth.cgi',
    token: '{baseURL}/webman/sso/SSOAccessToken.cgi',
    userinfo: 'https://example.com/webman/sso/SSOUserInfo.cgi',
  },
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://www.synology.com/en-us/dsm/packages/SSOServer' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
