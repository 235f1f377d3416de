import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'azure-ad-b2c',
  name: 'Azure AD B2C',
  protocol: 'oidc',
  domains: ['b2clogin.com'],
  tenant: {
    tenant: { description: "The tenant's name before .onmicrosoft.com", example: 'acme', kind: 'label' },
    tenantId: {
      description: "The tenant's id, a UUID",
      example: '00000000-0000-4000-8000-000000000000',
      kind: 'segment',
      pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    },
    policy: {
      description: 'The user flow or custom policy',
      example: 'B2C_1_signupsignin',
      kind: 'segment',
      pattern: 'B2C_1A?_[A-Za-z0-9_-]+',
    },
  },
  issuer: 'https://{tenant}.b2clogin.com/{tenantId}/v2.0/',
  endpoints: {
    authorization: 'https://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/oauth2/v2.0/authorize',
    token: 'https://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/oauth2/v2.0/token',
    discovery:
      'https://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/v2.0/.well-known/openid-configuration',
  },
  scopes: { signIn: ['openid'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 14,
    note: 'It takes the scope offline_access, and the policy sets the lifetimes.',
  },
  localhost: 'allowed',
  links: {
    console: 'https://portal.azure.com/',
    docs: 'https://learn.microsoft.com/en-us/azure/active-directory-b2c/openid-connect',
  },
  traps: [
    'Addresses come in the claim emails, a list, so the standard claim email needs a custom policy.',
    'An access token comes only with a scope of an API of your own, or with the client id as scope.',
  ],
  ending: 'New customers have been turned away since May 2025; Microsoft promises support until May 2030.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
