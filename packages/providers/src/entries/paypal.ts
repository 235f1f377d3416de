import type { Entry } from '../entry.ts'

// TODO localhost: reports: the name localhost is refused, 127.0.0.1 works
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://www.sandbox.paypal.com/signin/authorize", "tokenEndpoint": "https://api-m.sandbox.paypal.com/v1/oauth2/token", "userinfoEndpoint": "https://api-m.sandbox.paypal.com/v1/identity/oauth2/userinfo?schema=paypalv1.1"}}
export const entry: Entry = {
  id: 'paypal',
  name: 'PayPal',
  protocol: 'oidc',
  domains: ['paypal.com'],
  issuer: 'https://www.paypal.com',
  endpoints: {
    authorization: 'https://www.paypal.com/signin/authorize',
    token: 'https://api-m.paypal.com/v1/oauth2/token',
    userinfo: 'https://api-m.paypal.com/v1/identity/oauth2/userinfo?schema=paypalv1.1',
    discovery: 'https://www.paypal.com/.well-known/openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { flowEntry: 'static' },
  quirks: ['id-token-missing', 'old-endpoints-in-libraries', 'sandbox-discovery-shows-production'],
  identity: {
    from: 'userinfo',
    subject: 'user_id',
    name: 'name',
    email: 'emails[primary].value',
    emailVerified: 'verified_account / email_verified',
    picture: 'picture',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.paypal.com/docs/log-in-with-paypal/integrate/',
    console: 'https://developer.paypal.com/dashboard/applications',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developer.paypal.com/log-in/build'],
  },
}
