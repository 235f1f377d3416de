import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trainingpeaks',
  name: 'TrainingPeaks',
  protocol: 'oauth2',
  domains: ['api.x', 'oauth.x'],
  tenant: {
    host: {
      description: 'TODO',
      example: 'acme',
      kind: 'host',
    },
  },
  endpoints: {
    authorization: 'https://oauth.{host}/OAuth/Authorize',
    token: 'https://oauth.{host}/oauth/token',
    userinfo: 'https://api.{host}/v1/athlete/profile',
  },
  scopes: { signIn: ['athlete:profile'] },
  identity: { from: 'userinfo', subject: 'Id', email: 'Email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://api.trainingpeaks.com/request-access' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
