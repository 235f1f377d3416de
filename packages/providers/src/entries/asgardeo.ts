import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'asgardeo',
  name: 'Asgardeo',
  protocol: 'oidc',
  domains: ['asgardeo.io'],
  tenant: {
    apiHost: {
      description: 'The host of the region where the organization lives',
      example: 'api.eu.asgardeo.io',
      kind: 'choice',
      choices: ['api.asgardeo.io', 'api.eu.asgardeo.io'],
      default: 'api.asgardeo.io',
    },
    organization: { description: "The organization's handle", example: 'acme', kind: 'segment' },
  },
  issuer: 'https://{apiHost}/t/{organization}/oauth2/token',
  endpoints: {
    authorization: 'https://{apiHost}/t/{organization}/oauth2/authorize',
    token: 'https://{apiHost}/t/{organization}/oauth2/token',
    userinfo: 'https://{apiHost}/t/{organization}/oauth2/userinfo',
    revocation: 'https://{apiHost}/t/{organization}/oauth2/revoke',
    introspection: 'https://{apiHost}/t/{organization}/oauth2/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'The application must have the refresh token grant enabled.' },
  localhost: 'allowed',
  links: {
    console: 'https://console.asgardeo.io',
    docs: 'https://wso2.com/asgardeo/docs/guides/authentication/oidc/discover-oidc-configs/',
  },
  traps: ['Attributes such as the e-mail address come only if they are requested for the application.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
