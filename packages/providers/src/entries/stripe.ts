import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'stripe',
  name: 'Stripe Connect',
  protocol: 'oauth2',
  domains: ['stripe.com'],
  endpoints: {
    authorization: 'https://connect.stripe.com/oauth/authorize',
    token: 'https://connect.stripe.com/oauth/token',
    revocation: 'https://connect.stripe.com/oauth/deauthorize',
  },
  scopes: { signIn: ['read_write'] },
  quirks: ['api-key-as-client-secret'],
  wire: {
    keepFromToken: ['stripe_user_id', 'livemode', 'stripe_publishable_key'],
    revocationRequest: {
      method: 'POST',
      sends: { client_id: '{client_id}', stripe_user_id: '{data.stripe_user_id}' },
      as: 'form',
      authorization: 'Bearer {client_secret}',
    },
  },
  identity: {
    from: 'token-response',
    shared: true,
    because: 'The account is a business: everybody of its team would sign in as the same one.',
    subject: 'stripe_user_id',
  },
  refresh: { issued: 'yes', rotates: false, neverExpires: true, revocationEndsAccount: true },
  localhost: 'allowed',
  apiHosts: ['api.stripe.com'],
  links: {
    console: 'https://dashboard.stripe.com/settings/connect',
    docs: 'https://docs.stripe.com/connect/oauth-reference',
  },
  traps: [
    "The client secret is the platform's secret API key, of test or live mode as the client id is.",
    'The account is a business, not a person.',
    'http://localhost is accepted in test mode only.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://docs.stripe.com/connect/oauth-reference'],
    decisions: [
      "The subject is stripe_user_id of the token response: the account's own address in the API needs to be told it.",
      'An account is let go as a whole, by its id and with the secret as Bearer.',
    ],
  },
}
