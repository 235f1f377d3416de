import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'amocrm',
  name: 'amoCRM',
  protocol: 'oauth2',
  domains: ['amocrm.ru'],
  tenant: {
    tenant: {
      description: 'TODO',
      example: 'acme',
      kind: 'segment',
    },
  },
  endpoints: {
    authorization: 'https://www.amocrm.ru/oauth',
    token: 'https://{tenant}.amocrm.ru/oauth2/access_token',
    userinfo: 'https://{tenant}.amocrm.ru/v3/user',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
