import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitlab',
  name: 'GitLab',
  protocol: 'oidc',
  domains: [],
  tenant: {
    host: {
      description: 'Host of GitLab, for an installation of your own',
      example: 'gitlab.example.com',
      kind: 'host',
      default: 'gitlab.com',
    },
  },
  issuer: 'https://{host}',
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/oauth/userinfo',
    revocation: 'https://{host}/oauth/revoke',
    introspection: 'https://{host}/oauth/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['{host}'],
  links: {
    console: 'https://gitlab.com/-/user_settings/applications',
    docs: 'https://docs.gitlab.com/api/oauth2/',
  },
  traps: [
    'Every scope that is asked for must be ticked on the application: openid, profile and email for a sign-in.',
    'Applications can belong to a person, a group or the whole installation; one of a person ends with their account.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: ['https://docs.gitlab.com/api/oauth2/'],
    decisions: [
      'Half of the sources read /api/v4/user with read_user; the ID token says the same and needs no access to the API.',
    ],
  },
}
