import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'quickbooks',
  name: 'QuickBooks',
  protocol: 'oauth2',
  domains: ['intuit.com'],
  tenant: {
    accountsHost: {
      description: 'The host of its user profiles: sandbox-accounts for development keys',
      example: 'sandbox-accounts.platform.intuit.com',
      kind: 'choice',
      choices: ['accounts.platform.intuit.com', 'sandbox-accounts.platform.intuit.com'],
      default: 'accounts.platform.intuit.com',
    },
  },
  endpoints: {
    authorization: 'https://appcenter.intuit.com/connect/oauth2',
    token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    userinfo: 'https://{accountsHost}/v1/openid_connect/userinfo',
    revocation: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'com.intuit.quickbooks.accounting'],
  },
  quirks: ['lost-response-breaks-connection'],
  wire: { keepFromCallback: ['realmId'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: ['givenName', 'familyName'],
    email: 'email',
    emailVerified: 'emailVerified',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 3600,
    endsAfterDays: 1825,
    endsUnusedAfterDays: 100,
    note: 'The refresh token changes about once a day, and the new one ends the one before.',
  },
  localhost: 'allowed',
  apiHosts: ['quickbooks.api.intuit.com', 'sandbox-quickbooks.api.intuit.com'],
  links: {
    console: 'https://developer.intuit.com/app/developer/dashboard',
    docs: 'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/oauth-2.0',
  },
  traps: [
    'http://localhost is accepted with development keys only; production keys want https.',
    'Development keys reach sandbox companies only, and their user profiles are on another host.',
    "The company's number comes in the callback's realmId; every API call needs it.",
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/faq',
      'https://github.com/intuit/QuickBooks-V3-Java-SDK/releases/tag/v6.5.4',
    ],
    decisions: [
      'Plain OAuth with userinfo rather than OpenID Connect: the ID token lacks the nonce, and email_verified has another name.',
    ],
  },
}
