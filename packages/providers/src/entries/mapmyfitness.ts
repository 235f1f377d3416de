import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mapmyfitness',
  name: 'MapMyFitness',
  protocol: 'oauth2',
  domains: ['mapmyfitness.com'],
  endpoints: {
    authorization: 'https://www.mapmyfitness.com/v7.1/oauth2/uacf/authorize/',
    token: 'https://api.mapmyfitness.com/v7.1/oauth2/access_token/',
    userinfo: 'https://api.mapmyfitness.com/v7.1/user/self/',
  },
  wire: { headers: { 'Api-Key': '{client_id}' } },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    login: 'username',
    email: 'email',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.mapmyfitness.com'],
  links: { docs: 'https://developer.mapmyfitness.com/docs' },
  ending: 'The service changed hands in 2024, and what becomes of its API has not been said.',
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The source has userinfo on mapmyapi.com, the name of the API before; its path goes on under api.mapmyfitness.com.',
    ],
  },
}
