import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'beyondidentity',
  name: 'Beyond Identity',
  protocol: 'oidc',
  domains: ['beyondidentity.com'],
  tenant: {
    region: {
      description: 'The region of the tenant',
      example: 'eu',
      kind: 'choice',
      choices: ['us', 'eu'],
      default: 'us',
    },
    tenantId: { description: "The tenant's id", example: '000176d94fd7b4d1', kind: 'segment' },
    realmId: { description: "The realm's id", example: '19a95130480dfa79', kind: 'segment' },
    applicationId: {
      description: "The application's id",
      example: '3f1c0a52-6d1e-4f0e-9e0c-4f6a5b1f3f10',
      kind: 'segment',
    },
  },
  issuer:
    'https://auth-{region}.beyondidentity.com/v1/tenants/{tenantId}/realms/{realmId}/applications/{applicationId}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { console: 'https://console-us.beyondidentity.com/', docs: 'https://developer.beyondidentity.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
