import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'acuityscheduling',
  name: 'Acuity Scheduling',
  protocol: 'oauth2',
  domains: ['acuityscheduling.com'],
  endpoints: {
    authorization: 'https://acuityscheduling.com/oauth2/authorize',
    token: 'https://acuityscheduling.com/oauth2/token',
    userinfo: 'https://acuityscheduling.com/api/v1/me',
  },
  scopes: { connect: ['api-v1'] },
  identity: {
    from: 'userinfo',
    shared: true,
    because: 'The API describes the business account, which several people share.',
    subject: 'id',
    name: 'name',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['acuityscheduling.com'],
  links: { docs: 'https://developers.acuityscheduling.com/docs/oauth2' },
  traps: ['The one scope, api-v1, must be asked for.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
