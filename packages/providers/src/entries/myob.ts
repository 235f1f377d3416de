import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'myob',
  name: 'MYOB',
  protocol: 'oauth2',
  domains: ['myob.com'],
  endpoints: {
    authorization: 'https://secure.myob.com/oauth2/account/authorize',
    token: 'https://secure.myob.com/oauth2/v1/authorize',
  },
  scopes: { signIn: ['sme-company-file'] },
  authorizeParams: { prompt: 'consent' },
  quirks: ['nonstandard-token-fields'],
  wire: { keepFromCallback: ['businessId'] },
  identity: { from: 'token-response', subject: 'user.uid', login: 'user.username' },
  refresh: { issued: 'yes', accessTokenSeconds: 1200, endsUnusedAfterDays: 7 },
  localhost: 'https-only',
  apiHosts: ['api.myob.com'],
  links: {
    console: 'https://developer.myob.com/',
    docs: 'https://developer.myob.com/api/myob-business-api/api-overview/authentication/',
  },
  traps: [
    'Only administrators of a company file can grant access, to one file at a time, named by businessId.',
    'The scope CompanyFile of older apps is refused; name the finer ones that the app needs.',
    'API calls need the headers x-myobapi-key, the client id, and x-myobapi-version.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
