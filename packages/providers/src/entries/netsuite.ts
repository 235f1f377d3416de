import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "id", "email": "email", "name": "name"}
export const entry: Entry = {
  id: 'netsuite',
  name: 'NetSuite',
  protocol: 'oauth2',
  domains: ['netsuite.com'],
  tenant: {
    accountId: {
      description: 'TODO',
      example: 'tstdrv231585',
      kind: 'label',
      pattern: '[a-zA-Z0-9-_]+',
    },
  },
  endpoints: {
    authorization: 'https://{accountId}.app.netsuite.com/app/login/oauth2/authorize.nl',
    token: 'https://{accountId}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token',
  },
  scopes: { signIn: ['restlets', 'rest_webservices'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157771733782.html#Related-Topics',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
