import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'servicechannel',
  name: 'ServiceChannel',
  protocol: 'oauth2',
  domains: ['servicechannel.com'],
  endpoints: {
    authorization: 'https://login.servicechannel.com/oauth/authorize',
    token: 'https://login.servicechannel.com/oauth/token',
    userinfo: 'https://api.servicechannel.com/v3/users/current/profile',
  },
  clientAuthentication: 'basic',
  identity: {
    from: 'userinfo',
    subject: 'UserProfile.UserId',
    name: 'UserProfile.UserName',
    login: 'UserProfile.UserName',
    email: 'UserProfile.Email',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.servicechannel.com'],
  links: { docs: 'https://developer.servicechannel.com/basics/general/authentication/' },
  traps: ['Credentials are made by its support, one pair for the sandbox and one for production.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
