import type { Entry } from '../entry.ts'

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
    'nonstandard-token-fields',
    'oauth-auth-scheme',
    'scope-null',
    'tenant-from-api-call',
  ],
  identity: {
    from: 'userinfo',
    subject: ['user_id', 'login.login_id'],
    name: 'accountname',
    login: 'login.login_name',
    email: 'login.login_email',
    picture: 'login.avatar',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'loopback-ip-only',
  links: {
    console: 'https://admin.mailchimp.com/account/oauth2/',
    docs: 'https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/',
  },
  traps: [
    "The API is on a host of the account's data centre, which the metadata call names as api_endpoint.",
    'Redirect URIs with the name localhost are refused; write 127.0.0.1.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/'],
    decisions: [
      'Sources take login_id or user_id, the account; one person can have a login in several accounts, so it is both.',
    ],
  },
}
