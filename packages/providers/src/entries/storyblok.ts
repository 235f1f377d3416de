import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'storyblok',
  name: 'Storyblok',
  protocol: 'oauth2',
  domains: ['storyblok.com'],
  endpoints: {
    authorization: 'https://app.storyblok.com/oauth/authorize',
    token: 'https://app.storyblok.com/oauth/token',
    userinfo: 'https://app.storyblok.com/oauth/user_info',
  },
  scopes: { signIn: ['read_content'], connect: ['read_content', 'write_content'] },
  quirks: ['nonstandard-token-fields', 'pkce-required', 'redirect-uri-needed-on-refresh'],
  identity: { from: 'userinfo', subject: 'user.id', name: 'user.friendly_name' },
  refresh: { issued: 'yes', accessTokenSeconds: 899 },
  localhost: 'https-only',
  links: {
    console: 'https://app.storyblok.com/#/partner/apps',
    docs: 'https://storyblok.com/docs/plugins/oauth-authorization-flow',
  },
  traps: [
    'A token holds for one space: the one in which the app was opened.',
    'Spaces outside the EU have API hosts of their own.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://storyblok.com/docs/plugins/oauth-authorization-flow'],
  },
}
