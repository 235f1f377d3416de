import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trainingpeaks',
  name: 'TrainingPeaks',
  protocol: 'oauth2',
  domains: ['trainingpeaks.com'],
  tenant: {
    domain: {
      description: 'Production, or the sandbox',
      example: 'sandbox.trainingpeaks.com',
      kind: 'choice',
      choices: ['trainingpeaks.com', 'sandbox.trainingpeaks.com'],
      default: 'trainingpeaks.com',
    },
  },
  endpoints: {
    authorization: 'https://oauth.{domain}/OAuth/Authorize',
    token: 'https://oauth.{domain}/oauth/token',
    userinfo: 'https://api.{domain}/v1/athlete/profile',
    revocation: 'https://oauth.{domain}/oauth/deauthorize',
  },
  scopes: { signIn: ['athlete:profile'] },
  wire: { revocation: 'bearer-post' },
  identity: { from: 'userinfo', subject: 'Id', name: ['FirstName', 'LastName'], email: 'Email' },
  refresh: { issued: 'yes', accessTokenSeconds: 600 },
  localhost: 'unknown',
  apiHosts: ['api.{domain}'],
  links: {
    console: 'https://api.trainingpeaks.com/request-access',
    docs: 'https://github.com/TrainingPeaks/PartnersAPI/wiki',
  },
  traps: ['Access is given to companies on request; the sandbox comes first.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
