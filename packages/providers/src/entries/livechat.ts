import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'livechat',
  name: 'LiveChat',
  protocol: 'oauth2',
  domains: ['livechat.com', 'livechatinc.com'],
  endpoints: {
    authorization: 'https://accounts.livechat.com/',
    token: 'https://accounts.livechat.com/v2/token',
    userinfo: 'https://accounts.livechat.com/v2/accounts/me',
  },
  scopes: { signIn: ['accounts--my:ro'] },
  wire: { keepFromToken: ['organization_id'] },
  identity: {
    from: 'userinfo',
    subject: 'account_id',
    name: 'name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 28800 },
  localhost: 'unknown',
  apiHosts: ['api.livechatinc.com', 'accounts.livechat.com'],
  links: {
    console: 'https://platform.text.com/console/',
    docs: 'https://platform.text.com/docs/authorization/oauth-authorization',
  },
  traps: [
    'The app needs the building block App Authorization as a server-side app, else it has no secret.',
    'A private app works within the account that made it; for others it must be published.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'The list has the earlier host accounts.livechatinc.com; newer libraries and version 2 are at livechat.com.',
    ],
  },
}
