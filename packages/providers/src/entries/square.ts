import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'square',
  name: 'Square',
  protocol: 'oauth2',
  domains: ['squareup.com', 'squareupsandbox.com'],
  tenant: {
    host: {
      description: 'The host of its API: production, or the sandbox for test sellers',
      example: 'connect.squareupsandbox.com',
      kind: 'choice',
      choices: ['connect.squareup.com', 'connect.squareupsandbox.com'],
      default: 'connect.squareup.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth2/authorize',
    token: 'https://{host}/oauth2/token',
    userinfo: 'https://{host}/v2/merchants/me',
    revocation: 'https://{host}/oauth2/revoke',
  },
  pkce: 'none',
  scopes: { signIn: ['MERCHANT_PROFILE_READ'] },
  authorizeParams: { session: 'false' },
  quirks: ['json-token-body'],
  wire: {
    tokenMembers: { expires_in: 'expires_at' },
    expiryForm: 'date',
    keepFromToken: ['merchant_id'],
    revocationRequest: {
      method: 'POST',
      sends: { client_id: '{client_id}', access_token: '{access_token}' },
      as: 'json',
      authorization: 'Client {client_secret}',
    },
  },
  identity: {
    from: 'userinfo',
    shared: true,
    because: 'The account is the seller: everybody of its team would sign in as the same one.',
    subject: 'merchant.id',
    name: 'merchant.business_name',
  },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 2592000, revocationEndsAccount: true },
  localhost: 'https-only',
  apiHosts: ['connect.squareup.com', 'connect.squareupsandbox.com'],
  links: {
    console: 'https://developer.squareup.com/apps',
    docs: 'https://developer.squareup.com/docs/oauth-api/overview',
  },
  traps: [
    'The account is the seller, not the person who signs in for it.',
    'Production wants an https redirect URI; http://localhost works in the sandbox.',
    "In the sandbox the test seller's dashboard has to be open in the same browser, and session must not be sent.",
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developer.squareup.com/reference/square/o-auth/obtain-token',
      'https://developer.squareup.com/reference/square/o-auth/revoke-token',
      'https://developer.squareup.com/docs/oauth-api/overview',
    ],
    decisions: [
      'PKCE is left off: with it Square wants no secret, and its refresh tokens end after 90 days.',
      'A token is revoked with all others of the seller, which revoke_only_access_token would spare and the refresh token with them.',
    ],
  },
}
