import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO authorizeParamNotes: {"grant_options[]": "only for online tokens"}
// TODO optionalAuthorizeParams: {"grant_options[]": "per-user"}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://{tenant}.myshopify.com/admin/shop", "sources": 1}, {"value": "https://{subdomain}.myshopify.com/admin/shop.json", "sources": 1}]}, {"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "associated_user.id", "sources": 1}, {"value": "shop.myshopify_domain", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes subject-in-token-response tenant-subdomain
export const entry: Entry = {
  id: 'shopify',
  name: 'Shopify',
  protocol: 'oauth2',
  domains: ['myshopify.com'],
  tenant: {
    shop: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
      pattern: '[a-z0-9][a-z0-9-]*',
    },
  },
  endpoints: {
    authorization: 'https://{shop}.myshopify.com/admin/oauth/authorize',
    token: 'https://{shop}.myshopify.com/admin/oauth/access_token',
  },
  scopes: { separator: ',', signIn: ['read_products'] },
  quirks: [
    'custom-api-auth-header',
    'expiry-opt-in-param',
    'never-expires-became-optional',
    'signed-callback',
  ],
  wire: {
    tokenExtra: {
      expiring: '1',
    },
  },
  identity: {
    from: 'token-response',
    subject: 'associated_user.id',
    name: ['associated_user.first_name', 'last_name'],
    email: 'associated_user.email',
    emailVerified: 'associated_user.email_verified',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    note: '90 days; for expiring offline tokens (expiring=1); since 2026-04-01 required for new public apps, all public apps by 2027-01-01; else the token never expires',
  },
  localhost: 'unknown',
  links: {
    docs: 'https://shopify.dev/docs/apps/build/authentication-authorization',
    console: 'https://partners.shopify.com/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens',
      'https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens',
    ],
  },
}
