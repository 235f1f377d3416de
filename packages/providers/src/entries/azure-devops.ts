import type { Entry } from '../entry.ts'

// TODO derived quirks expected: private-key-client-auth
export const entry: Entry = {
  id: 'azure-devops',
  name: 'Azure DevOps',
  protocol: 'oauth2',
  domains: ['visualstudio.com'],
  endpoints: {
    authorization: 'https://app.vssps.visualstudio.com/oauth2/authorize',
    token: 'https://app.vssps.visualstudio.com/oauth2/token',
    userinfo: 'https://app.vssps.visualstudio.com/_apis/profile/profiles/me',
  },
  wire: {
    tokenNames: { code: 'assertion', client_secret: 'client_assertion' },
    grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    tokenExtra: {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
    tokenOmits: ['client_id'],
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'displayName',
    email: 'emailAddress',
    picture: 'coreAttributes.Avatar.value.value',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://learn.microsoft.com/en-us/azure/devops/integrate/get-started/authentication/oauth?view=azure-devops#available-oauth-models',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
