import type { Entry } from '../entry.ts'

// TODO localhost: http://127.0.0.1; the name localhost is refused
// TODO afterConnect: "keep dc and api_endpoint from the metadata call"
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://login.mailchimp.com/oauth2/metadata", "sources": 4}, {"value": "https://{subdomain}.api.mailchimp.com/2.0/metadata.json", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "login.login_id", "sources": 3}, {"value": "user_id", "sources": 1}]}]
// TODO derived quirks expected: never-expires
export const entry: Entry = {
  id: 'mailchimp',
  name: 'Mailchimp',
  protocol: 'oauth2',
  domains: ['mailchimp.com'],
  endpoints: {
    authorization: 'https://login.mailchimp.com/oauth2/authorize',
    token: 'https://login.mailchimp.com/oauth2/token',
    userinfo: 'https://login.mailchimp.com/oauth2/metadata',
  },
  quirks: [
    'expires-in-zero',
    'no-scope-parameter',
    'oauth-auth-scheme',
    'scope-null',
    'tenant-from-api-call',
  ],
  identity: {
    from: 'userinfo',
    subject: 'login.login_id',
    name: 'accountname',
    email: 'login.login_email',
    picture: 'login.avatar',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'loopback-ip-only',
  links: {
    docs: 'https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/',
    console: 'https://admin.mailchimp.com/account/oauth2/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/'],
  },
}
