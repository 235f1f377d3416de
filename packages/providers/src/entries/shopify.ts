import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'shopify',
  name: 'Shopify',
  protocol: 'oauth2',
  domains: ['myshopify.com'],
  tenant: {
    shop: {
      description: "The shop's name before .myshopify.com",
      example: 'acme',
      kind: 'label',
      pattern: '[a-z0-9][a-z0-9-]*',
    },
  },
  endpoints: {
    authorization: 'https://{shop}.myshopify.com/admin/oauth/authorize',
    token: 'https://{shop}.myshopify.com/admin/oauth/access_token',
    userinfo: 'https://{shop}.myshopify.com/admin/api/2026-10/graphql.json',
  },
  scopes: { separator: ',', signIn: ['read_products'] },
  quirks: [
    'api-version-in-url',
    'custom-api-auth-header',
    'expiry-opt-in-param',
    'never-expires-became-optional',
    'nonstandard-token-fields',
    'signed-callback',
    'userinfo-post',
  ],
  wire: {
    callbackTenant: { shop: '{shop}.myshopify.com' },
    tokenExtra: { expiring: '1' },
    headers: { 'X-Shopify-Access-Token': '{access_token}' },
    authorizationScheme: 'none',
    userinfoBody: { query: '{ shop { id name email myshopifyDomain } }' },
  },
  identity: {
    from: 'userinfo',
    shared: true,
    because:
      'The account is the shop: everybody who may install the app there would sign in as the same one.',
    subject: 'data.shop.id',
    name: 'data.shop.name',
    login: 'data.shop.myshopifyDomain',
    email: 'data.shop.email',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 90,
    note: 'Only when an expiring token is asked for, as here; a used refresh token works until its successor is first used.',
  },
  localhost: 'unknown',
  apiHosts: ['{shop}.myshopify.com'],
  links: {
    console: 'https://partners.shopify.com/',
    docs: 'https://shopify.dev/docs/apps/build/authentication-authorization',
  },
  traps: [
    'The API wants the token in the header X-Shopify-Access-Token, not in Authorization.',
    'An API version is served for a year; after that the oldest one still served answers in its place.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens',
      'https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens',
      'https://shopify.dev/changelog/offline-access-tokens-now-support-expiry-and-refresh',
    ],
    decisions: [
      "The subject is the shop's id: a person is named only with online tokens, which cannot be refreshed, and the shop's domain is a name.",
      'Scopes are joined with a comma, as its own pages do.',
    ],
  },
}
