import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'orcid',
  name: 'ORCID',
  protocol: 'oidc',
  domains: ['orcid.org'],
  tenant: {
    host: {
      description: 'ORCID itself, or its sandbox for tests',
      example: 'orcid.org',
      kind: 'choice',
      choices: ['orcid.org', 'sandbox.orcid.org'],
      default: 'orcid.org',
    },
  },
  issuer: 'https://{host}',
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/oauth/userinfo',
    revocation: 'https://{host}/oauth/revoke',
  },
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', note: 'Access tokens last for 20 years.' },
  localhost: 'https-only',
  apiHosts: ['pub.{host}', 'api.{host}'],
  links: {
    console: 'https://orcid.org/developer-tools',
    docs: 'https://info.orcid.org/documentation/api-tutorials/api-tutorial-get-and-authenticated-orcid-id/',
  },
  traps: [
    'profile and email are no scopes here; openid alone brings the iD and the public name.',
    'Clients of the public API read only; scopes that write take a membership.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The source asks for profile and email, which ORCID does not know.'],
  },
}
