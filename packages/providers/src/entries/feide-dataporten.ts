import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'feide-dataporten',
  name: 'Feide (Dataporten)',
  protocol: 'oauth2',
  domains: ['dataporten.no'],
  endpoints: {
    authorization: 'https://auth.dataporten.no/oauth/authorization',
    token: 'https://auth.dataporten.no/oauth/token',
    userinfo: 'https://auth.dataporten.no/userinfo',
  },
  identity: { from: 'userinfo', subject: 'userid', picture: 'profilephoto' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.dataporten.no/docs/gettingstarted/',
    console: 'https://docs.dataporten.no/docs/gettingstarted/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
