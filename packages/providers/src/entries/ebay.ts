import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ebay',
  name: 'eBay',
  protocol: 'oauth2',
  domains: ['ebay.com'],
  tenant: {
    ruName: {
      description: 'The RuName that stands for the redirect URL',
      example: 'Acme-AcmeApp-PRD-1a2b3c4d5-abcdefgh',
      kind: 'value',
    },
  },
  endpoints: {
    authorization: 'https://auth.ebay.com/oauth2/authorize',
    token: 'https://api.ebay.com/identity/v1/oauth2/token',
    userinfo: 'https://apiz.ebay.com/commerce/identity/v1/user/',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['https://api.ebay.com/oauth/api_scope/commerce.identity.readonly'] },
  quirks: ['nonstandard-token-fields'],
  wire: { redirectUriValue: '{ruName}' },
  identity: { from: 'userinfo', subject: 'userId', name: 'username', login: 'username' },
  refresh: { issued: 'yes', rotates: false, omitted: true, accessTokenSeconds: 7200, endsAfterDays: 547 },
  localhost: 'https-only',
  apiHosts: ['api.ebay.com', 'apiz.ebay.com'],
  links: {
    console: 'https://developer.ebay.com/my/keys',
    docs: 'https://developer.ebay.com/api-docs/static/oauth-authorization-code-grant.html',
  },
  traps: [
    'Our callback address goes into the field for accepted consent of the RuName, which then stands for it.',
    'The sandbox has hosts and keys of its own.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developer.ebay.com/api-docs/static/oauth-auth-code-grant-request.html',
      'https://developer.ebay.com/support/kb-article?KBid=5075',
    ],
    decisions: ['The consent page is at auth.ebay.com, as the documentation has it, not at signin.ebay.com.'],
  },
}
