import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'arcgis',
  name: 'ArcGIS Online',
  protocol: 'oauth2',
  domains: ['arcgis.com'],
  endpoints: {
    authorization: 'https://www.arcgis.com/sharing/rest/oauth2/authorize',
    token: 'https://www.arcgis.com/sharing/rest/oauth2/token',
    userinfo: 'https://www.arcgis.com/sharing/rest/community/self',
  },
  wire: {
    userinfoQuery: {
      f: 'json',
    },
  },
  identity: { from: 'userinfo', subject: 'username', name: 'fullName', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.arcgis.com/documentation/mapping-apis-and-services/security/oauth-2.0/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
