import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vend',
  name: 'Lightspeed Retail (X-Series)',
  protocol: 'oauth2',
  domains: ['lightspeed.app'],
  tenant: {
    store: { description: "The store's name before .retail.lightspeed.app", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://secure.retail.lightspeed.app/connect',
    token: 'https://{store}.retail.lightspeed.app/api/1.0/token',
    userinfo: 'https://{store}.retail.lightspeed.app/api/2.0/user',
  },
  quirks: ['host-renamed'],
  wire: { callbackTenant: { domain_prefix: '{store}' } },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.display_name',
    login: 'data.username',
    email: 'data.email',
  },
  refresh: { issued: 'yes', rotates: true },
  localhost: 'unknown',
  apiHosts: ['{store}.retail.lightspeed.app'],
  links: {
    console: 'https://developers.retail.lightspeed.app/',
    docs: 'https://x-series-api.lightspeedhq.com/docs/authorization',
  },
  traps: [
    'An app that is not approved can be connected to 30 stores.',
    'The callback names the store, which must be the configured one.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://x-series-api.lightspeedhq.com/docs/authorization',
      'https://x-series-api.lightspeedhq.com/changelog/2025-03-refresh-token-flow-update',
    ],
    decisions: ['Vend is now Lightspeed Retail (X-Series), with hosts below retail.lightspeed.app.'],
  },
}
