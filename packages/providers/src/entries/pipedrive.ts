import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pipedrive',
  name: 'Pipedrive',
  protocol: 'oauth2',
  domains: ['pipedrive.com'],
  endpoints: {
    authorization: 'https://oauth.pipedrive.com/oauth/authorize',
    token: 'https://oauth.pipedrive.com/oauth/token',
    userinfo: 'https://api.pipedrive.com/v1/users/me',
    revocation: 'https://oauth.pipedrive.com/oauth/revoke',
  },
  clientAuthentication: 'basic',
  quirks: ['no-scope-parameter'],
  wire: { callbackRefusals: ['user_denied'], keepFromToken: ['api_domain'] },
  identity: {
    from: 'userinfo',
    subject: ['data.company_id', 'data.id'],
    name: 'data.name',
    email: 'data.email',
    picture: 'data.icon_url',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600, endsUnusedAfterDays: 60 },
  localhost: 'unknown',
  apiHosts: ['api.pipedrive.com'],
  links: {
    console: 'https://developers.pipedrive.com/',
    docs: 'https://pipedrive.readme.io/docs/marketplace-oauth-authorization',
  },
  traps: [
    'Apps are made in a developer sandbox account, which is free.',
    "API calls go to the company's own host, which the token response names as api_domain.",
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://pipedrive.readme.io/docs/marketplace-oauth-authorization',
      'https://developers.pipedrive.com/docs/api/v1/Oauth',
    ],
    decisions: [
      'A source asks for base, but the documented request has no scope: an app has those of its registration.',
      'One person can be in several companies and a token is for one, so the company is part of the subject.',
      'A library leaves PKCE out, without a reason; it stays on.',
    ],
  },
}
