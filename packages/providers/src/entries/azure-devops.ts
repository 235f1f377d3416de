import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'azure-devops',
  name: 'Azure DevOps',
  protocol: 'oauth2',
  domains: ['visualstudio.com', 'azure.com'],
  endpoints: {
    authorization: 'https://app.vssps.visualstudio.com/oauth2/authorize',
    token: 'https://app.vssps.visualstudio.com/oauth2/token',
    userinfo: 'https://app.vssps.visualstudio.com/_apis/profile/profiles/me',
  },
  scopes: { signIn: ['vso.profile'] },
  quirks: ['nonstandard-token-fields', 'redirect-uri-needed-on-refresh'],
  wire: {
    responseType: 'Assertion',
    grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    tokenNames: { code: 'assertion', refresh_token: 'assertion', client_secret: 'client_assertion' },
    tokenExtra: { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
    refreshExtra: { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
    tokenOmits: ['client_id'],
    userinfoQuery: { 'api-version': '7.1' },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'displayName', email: 'emailAddress' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600 },
  localhost: 'https-only',
  apiHosts: ['dev.azure.com', 'app.vssps.visualstudio.com'],
  links: {
    docs: 'https://learn.microsoft.com/en-us/azure/devops/integrate/get-started/authentication/azure-devops-oauth',
  },
  traps: ['New apps cannot be registered here; they are registered with Microsoft Entra ID.'],
  ending: 'Closed to new apps since April 2025, and Microsoft has announced its end for 2026.',
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://learn.microsoft.com/en-us/azure/devops/integrate/get-started/authentication/azure-devops-oauth',
    ],
    decisions: [
      'The client secret travels as an assertion and is no key of ours, whatever the name of the parameter says.',
    ],
  },
}
