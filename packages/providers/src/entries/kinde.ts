import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'kinde',
  name: 'Kinde',
  protocol: 'oidc',
  domains: ['kinde.com'],
  tenant: {
    subdomain: {
      description: "The business's name before .kinde.com",
      example: 'acme',
      kind: 'label',
    },
  },
  issuer: 'https://{subdomain}.kinde.com',
  endpoints: {
    authorization: 'https://{subdomain}.kinde.com/oauth2/auth',
    token: 'https://{subdomain}.kinde.com/oauth2/token',
    userinfo: 'https://{subdomain}.kinde.com/oauth2/v2/user_profile',
  },
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'profile', 'email', 'offline'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', rotates: true, note: 'Only with the scope offline.' },
  localhost: 'allowed',
  links: {
    console: 'https://app.kinde.com/',
    docs: 'https://docs.kinde.com/build/applications/about-applications/',
  },
  traps: ['With a custom domain the issuer is that domain: set issuer in the configuration as well.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The source takes any issuer; Kinde is hosted, so it is a subdomain unless the configuration says otherwise.',
    ],
  },
}
