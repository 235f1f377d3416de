import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'adobe-sign',
  name: 'Adobe Acrobat Sign',
  protocol: 'oauth2',
  domains: ['adobesign.com'],
  tenant: {
    shard: {
      description: 'Where the account lives: the part before .adobesign.com in the address of its pages',
      example: 'eu1',
      kind: 'choice',
      choices: ['na1', 'na2', 'na3', 'na4', 'eu1', 'eu2', 'jp1', 'au1', 'in1', 'sg1'],
      default: 'na1',
    },
  },
  endpoints: {
    authorization: 'https://secure.{shard}.adobesign.com/public/oauth/v2',
    token: 'https://api.{shard}.adobesign.com/oauth/v2/token',
    refresh: 'https://api.{shard}.adobesign.com/oauth/v2/refresh',
    revocation: 'https://api.{shard}.adobesign.com/oauth/v2/revoke',
    userinfo: 'https://api.{shard}.adobesign.com/api/rest/v6/users/me',
  },
  scopes: { separator: '+', signIn: ['user_read:self'] },
  wire: { keepFromToken: ['api_access_point', 'web_access_point'] },
  identity: { from: 'userinfo', subject: 'id', name: ['firstName', 'lastName'], email: 'email' },
  refresh: {
    issued: 'yes',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 60,
  },
  localhost: 'https-only',
  apiHosts: ['api.{shard}.adobesign.com'],
  links: {
    console: 'https://secure.na1.adobesign.com/account/accountSettingsPage',
    docs: 'https://opensource.adobe.com/acrobat-sign/developer_guide/oauth.html',
  },
  traps: [
    'Each scope carries a modifier, self, group or account, and has to be enabled for the app as well.',
    'An app must be certified before it may serve accounts other than its own.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: ['https://opensource.adobe.com/acrobat-sign/developer_guide/oauth.html'],
    decisions: [
      "The shard's hosts of adobesign.com replace secure.echosign.com, which is the older name.",
      'Bearer replaces the header Access-Token of version 5.',
    ],
  },
}
