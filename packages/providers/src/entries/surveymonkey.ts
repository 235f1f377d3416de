import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'surveymonkey',
  name: 'SurveyMonkey',
  protocol: 'oauth2',
  domains: ['surveymonkey.com', 'surveymonkey.ca'],
  tenant: {
    host: {
      description: 'The host of its API: by where the accounts are kept',
      example: 'api.eu.surveymonkey.com',
      kind: 'choice',
      choices: ['api.surveymonkey.com', 'api.eu.surveymonkey.com', 'api.surveymonkey.ca'],
      default: 'api.surveymonkey.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/v3/users/me',
  },
  quirks: ['no-scope-parameter', 'old-endpoints-in-libraries'],
  wire: { keepFromToken: ['access_url'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    login: 'username',
    email: 'email',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['{host}'],
  links: {
    console: 'https://developer.surveymonkey.com/apps/',
    docs: 'https://developer.surveymonkey.com/api/v3/#authentication',
  },
  traps: ['Scopes are chosen where the app is registered, and users_read has to be one of them.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The third version of its API instead of the second, which is gone; it needs no api_key.'],
  },
}
