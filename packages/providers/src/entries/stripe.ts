import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: in test mode
// TODO authorizationAlternatives: {"express": "https://connect.stripe.com/express/oauth/authorize"}
// TODO tokenEndpointAuthMethodNote: "secret API key as client_secret"
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.stripe.com/v1/accounts/%s", "sources": 1}, {"value": "https://api.stripe.com/v1/account", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "stripe_user_id", "sources": 1}, {"value": "id", "sources": 1}]}]
// TODO derived quirks expected: no-userinfo subject-in-token-response
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
  wire: { keepFromToken: ['stripe_user_id', 'livemode', 'stripe_publishable_key'] },
  identity: {
    from: 'token-response',
    subject: 'stripe_user_id',
    name: 'display_name.email',
    email: 'email',
  },
  refresh: {
    issued: 'yes',
    rotates: false,
    neverExpires: true,
    note: 'returned, reusable; access token does not expire',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.stripe.com/connect/oauth-reference',
    console: 'https://dashboard.stripe.com/settings/connect',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://docs.stripe.com/connect/oauth-reference (SDK references read)'],
  },
}
