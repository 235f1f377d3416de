import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'paypal',
  name: 'PayPal',
  protocol: 'oauth2',
  domains: ['paypal.com'],
  tenant: {
    environment: {
      description: 'PayPal itself, or its sandbox for tests',
      example: 'paypal.com',
      kind: 'choice',
      choices: ['paypal.com', 'sandbox.paypal.com'],
      default: 'paypal.com',
    },
  },
  endpoints: {
    authorization: 'https://www.{environment}/signin/authorize',
    token: 'https://api-m.{environment}/v1/oauth2/token',
    userinfo: 'https://api-m.{environment}/v1/identity/oauth2/userinfo?schema=paypalv1.1',
    emails: 'https://api-m.{environment}/v1/identity/oauth2/userinfo?schema=paypalv1.1',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { flowEntry: 'static' },
  quirks: ['id-token-missing', 'old-endpoints-in-libraries', 'sandbox-discovery-shows-production'],
  identity: {
    from: 'userinfo',
    subject: 'user_id',
    name: 'name',
    emails: { list: 'emails', email: 'value', verified: 'confirmed', primary: 'primary' },
  },
  refresh: { issued: 'yes' },
  localhost: 'loopback-ip-only',
  apiHosts: ['api-m.{environment}'],
  links: {
    console: 'https://developer.paypal.com/dashboard/applications',
    docs: 'https://developer.paypal.com/docs/log-in-with-paypal/integrate/',
  },
  traps: [
    'Log in with PayPal must be switched on for the app, with the parts of the profile that it may read.',
    'A live app is reviewed by PayPal before people can use it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developer.paypal.com/log-in/build'],
    decisions: [
      "Its discovery promises ID tokens that often do not come, and the sandbox's names production, so it is plain OAuth here.",
      'A source takes payer_id, which only business scopes bring; user_id is always there.',
      'Reports say that the name localhost is refused and 127.0.0.1 is not.',
    ],
  },
}
