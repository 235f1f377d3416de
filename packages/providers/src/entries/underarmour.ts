import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'underarmour',
  name: 'Under Armour',
  protocol: 'oauth2',
  domains: ['mapmyfitness.com', 'ua.com'],
  endpoints: {
    authorization: 'https://www.mapmyfitness.com/v7.1/oauth2/uacf/authorize',
    token: 'https://api.mapmyfitness.com/v7.1/oauth2/access_token',
    userinfo: 'https://api.ua.com/v7.1/user/self',
  },
  wire: { headers: { 'Api-Key': '{client_id}' } },
  identity: { from: 'userinfo', subject: 'id', name: 'display_name', login: 'username', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  ending: 'Under Armour has sold MapMyFitness, and its developer program takes no new apps.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
  links: {},
}
