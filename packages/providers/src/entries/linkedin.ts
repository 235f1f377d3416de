import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'linkedin',
  name: 'LinkedIn',
  protocol: 'oauth2',
  domains: ['linkedin.com'],
  endpoints: {
    authorization: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    userinfo: 'https://api.linkedin.com/v2/userinfo',
  },
  pkce: 'none',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['basic-auth-rejected', 'refresh-for-partners-only', 'subject-scoped-to-app'],
  wire: { callbackRefusals: ['user_cancelled_login', 'user_cancelled_authorize'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'picture',
  },
  refresh: {
    issued: 'conditional',
    rotates: false,
    accessTokenSeconds: 5184000,
    endsAfterDays: 365,
    note: 'For apps of approved partners only; refreshing does not prolong the year.',
  },
  localhost: 'allowed',
  apiHosts: ['api.linkedin.com'],
  links: {
    console: 'https://www.linkedin.com/developers/apps',
    docs: 'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2',
  },
  traps: [
    'Add the product Sign In with LinkedIn using OpenID Connect to the app, or its scopes are refused.',
    'An app must belong to a LinkedIn page, whose administrator confirms it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens'],
    decisions: [
      'It refuses PKCE from web apps and its ID token lacks the nonce, so userinfo says who it is instead of the ID token.',
      'Sources with /v2/me need scopes that new apps no longer get.',
    ],
  },
}
