import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'surveymonkey',
  name: 'SurveyMonkey',
  protocol: 'oauth2',
  domains: ['surveymonkey.com', 'surveymonkey.net'],
  endpoints: {
    authorization: 'https://api.surveymonkey.com/oauth/authorize',
    token: 'https://api.surveymonkey.com/oauth/token',
    userinfo: 'https://api.surveymonkey.net/v2/users/me',
  },
  quirks: ['token-params-in-query'],
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
