import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'amocrm',
  name: 'amoCRM',
  protocol: 'oauth2',
  domains: ['amocrm.ru'],
  tenant: {
    subdomain: { description: "The account's name before .amocrm.ru", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://www.amocrm.ru/oauth',
    token: 'https://{subdomain}.amocrm.ru/oauth2/access_token',
    userinfo: 'https://{subdomain}.amocrm.ru/v3/user',
  },
  authorizeParams: { mode: 'popup' },
  quirks: ['redirect-uri-needed-on-refresh'],
  wire: { callbackTenant: { referer: '{subdomain}.amocrm.ru' } },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86_400, endsUnusedAfterDays: 90 },
  localhost: 'unknown',
  apiHosts: ['{subdomain}.amocrm.ru'],
  links: { docs: 'https://www.amocrm.ru/developers/content/oauth/oauth' },
  traps: ['An authorization code lives for 20 minutes.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
