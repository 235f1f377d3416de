import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vk',
  name: 'VK',
  protocol: 'oauth2',
  domains: ['vk.ru', 'vk.com'],
  endpoints: {
    authorization: 'https://id.vk.ru/authorize',
    token: 'https://id.vk.ru/oauth2/auth',
    userinfo: 'https://id.vk.ru/oauth2/user_info',
    revocation: 'https://id.vk.ru/oauth2/revoke',
  },
  scopes: { signIn: ['vkid.personal_info', 'email'] },
  quirks: [
    'host-renamed',
    'nonstandard-token-fields',
    'old-endpoints-in-libraries',
    'pkce-required',
    'userinfo-post',
  ],
  wire: {
    keepFromCallback: ['device_id'],
    sendFromCallback: ['device_id'],
    userinfoBodyForm: 'form',
    userinfoBody: { client_id: '{client_id}', access_token: '{access_token}' },
    authorizationScheme: 'none',
    revocationRequest: {
      method: 'POST',
      sends: { client_id: '{client_id}', access_token: '{access_token}' },
      as: 'form',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'user.user_id',
    name: ['user.first_name', 'user.last_name'],
    email: 'user.email',
    picture: 'user.avatar',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 180 },
  localhost: 'allowed',
  apiHosts: ['api.vk.com', 'api.vk.ru'],
  links: {
    console: 'https://id.vk.ru/about/business/go',
    docs: 'https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/intro/plan',
  },
  traps: [
    'http://localhost works on port 80 only.',
    "The token endpoint wants the callback's device_id, with each refresh, too.",
    'The e-mail address has to be switched on for the app, and a person need not have one.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 7,
    decisions: [
      'VK ID instead of oauth.vk.com, which takes no new apps.',
      'id.vk.ru, where its newer libraries go; id.vk.com answers as well.',
    ],
  },
}
