import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http for localhost
// TODO derived quirks expected: profile-wrapped rotating-refresh-token tenant-subdomain
export const entry: Entry = {
  id: 'zendesk',
  name: 'Zendesk',
  protocol: 'oauth2',
  domains: ['zendesk.com'],
  tenant: {
    subdomain: { description: 'TODO', example: 'acme', kind: 'label', pattern: '[a-z0-9_-]+' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.zendesk.com/oauth/authorizations/new',
    token: 'https://{subdomain}.zendesk.com/oauth/tokens',
    userinfo: 'https://{subdomain}.zendesk.com/api/v2/users/me.json',
  },
  scopes: { signIn: ['read'] },
  quirks: ['client-chosen-expiry', 'never-expires-became-optional'],
  wire: {
    refreshExtra: {
      expires_in: '1800',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.name',
    email: 'user.email',
    emailVerified: 'user.verified',
    picture: 'user.photo.content_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    note: 'since 2025-04-30; expiry compulsory for marketplace apps since 2026-01-31, all since 2026-04-30; a refresh deletes the previous access and refresh tokens',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.zendesk.com/documentation/api-basics/authentication/using-oauth-to-authenticate-zendesk-api-requests-in-a-web-app/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://support.zendesk.com/hc/en-us/articles/9182123625370'],
  },
}
