import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'garmin',
  name: 'Garmin',
  protocol: 'oauth2',
  domains: ['garmin.com'],
  endpoints: {
    authorization: 'https://connect.garmin.com/oauth2Confirm',
    token: 'https://diauth.garmin.com/di-oauth2-service/oauth/token',
    userinfo: 'https://apis.garmin.com/wellness-api/rest/user/id',
  },
  quirks: ['pkce-required'],
  identity: { from: 'userinfo', subject: 'userId' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86400, endsUnusedAfterDays: 90 },
  localhost: 'unknown',
  apiHosts: ['apis.garmin.com'],
  links: {
    console: 'https://developerportal.garmin.com/',
    docs: 'https://developer.garmin.com/gc-developer-program/',
  },
  traps: [
    'Garmin admits companies to its developer program; an app of a private person gets no keys.',
    'What an app may read is set in the developer portal, and people can untick parts of it.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
