import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  protocol: 'oidc',
  domains: ['jumpcloud.com'],
  tenant: {
    host: {
      description: 'Sign-in host of the region that the organization is in',
      example: 'oauth.id.jumpcloud.com',
      kind: 'choice',
      choices: ['oauth.id.jumpcloud.com', 'oauth.id.eu.jumpcloud.com'],
      default: 'oauth.id.jumpcloud.com',
    },
  },
  issuer: 'https://{host}/',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'Only where the application has the grant type refresh token.' },
  localhost: 'unknown',
  links: {
    console: 'https://console.jumpcloud.com/',
    docs: 'https://jumpcloud.com/support/sso-with-oidc',
  },
  traps: [
    'Only people in a group that the application is assigned to can sign in.',
    'Claims beside sub come only with the standard scopes that are ticked on the application.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'The issuer ends with a slash: two lists leave it out, those that compare it exactly have it.',
    ],
  },
}
