import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'docusign',
  name: 'Docusign',
  protocol: 'oidc',
  domains: ['docusign.com'],
  tenant: {
    environment: {
      description: 'account, or account-d for the demo environment',
      example: 'account-d',
      kind: 'choice',
      choices: ['account', 'account-d'],
      default: 'account',
    },
  },
  issuer: 'https://{environment}.docusign.com/',
  endpoints: {
    authorization: 'https://{environment}.docusign.com/oauth/auth',
    token: 'https://{environment}.docusign.com/oauth/token',
    userinfo: 'https://{environment}.docusign.com/oauth/userinfo',
    discovery: 'https://{environment}.docusign.com/.well-known/openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'signature'], connect: ['openid', 'signature', 'extended'] },
  quirks: ['nonce-not-echoed', 'offline-needs-scope', 'scope-spelling', 'tenant-from-api-call'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 28_800,
    endsUnusedAfterDays: 30,
    note: 'Only with the scope extended do the 30 days start again at each refresh.',
  },
  localhost: 'allowed',
  links: {
    console: 'https://admindemo.docusign.com/apps-and-keys',
    docs: 'https://developers.docusign.com/platform/auth/authcode/',
  },
  traps: [
    'An app is made in the demo environment and has to pass a review before it works in production.',
    'API calls go to the base_uri of an account, which userinfo lists under accounts.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://developers.docusign.com/platform/auth/reference/scopes/',
      'https://developers.docusign.com/platform/auth/authcode/authcode-get-token/',
    ],
  },
}
