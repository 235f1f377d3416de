import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'salesforce',
  name: 'Salesforce',
  protocol: 'oidc',
  domains: ['salesforce.com', 'salesforce-setup.com', 'force.com', 'site.com'],
  tenant: {
    host: {
      description:
        "The organization's own login host, or login.salesforce.com for every one, or test.salesforce.com for sandboxes",
      example: 'acme.my.salesforce.com',
      kind: 'host',
      domains: ['salesforce.com', 'my.site.com'],
      default: 'login.salesforce.com',
    },
  },
  issuer: 'https://{host}',
  endpoints: {
    authorization: 'https://{host}/services/oauth2/authorize',
    token: 'https://{host}/services/oauth2/token',
    userinfo: 'https://{host}/services/oauth2/userinfo',
    revocation: 'https://{host}/services/oauth2/revoke',
    introspection: 'https://{host}/services/oauth2/introspect',
  },
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'api', 'refresh_token'],
  },
  quirks: ['no-expires-in', 'token-count-cap'],
  wire: { keepFromToken: ['instance_url', 'id'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    note: "Only with the scope refresh_token. The app's policy says when it ends and whether it changes with each refresh; access tokens end with the session.",
  },
  localhost: 'allowed',
  links: { docs: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm' },
  traps: [
    'A new app can take some minutes until it works.',
    'Five live grants for each person and app: a sixth ends the oldest.',
    'API calls go to the host in instance_url, not to the login host.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm',
      'https://developer.salesforce.com/docs/platform/isvforce/guide/secure-code-ac-eca.md',
    ],
    decisions: [
      'The host is asked for, with login.salesforce.com as its default: an organization may forbid that one.',
    ],
  },
}
