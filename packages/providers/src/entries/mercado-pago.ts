import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mercado-pago',
  name: 'Mercado Pago',
  protocol: 'oauth2',
  domains: ['mercadopago.com'],
  endpoints: {
    authorization: 'https://auth.mercadopago.com/authorization',
    token: 'https://api.mercadopago.com/oauth/token',
  },
  authorizeParams: { platform_id: 'mp' },
  scopes: { connect: ['offline_access'] },
  wire: { keepFromToken: ['user_id', 'public_key'] },
  identity: { from: 'token-response', subject: 'user_id' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 15552000 },
  localhost: 'https-only',
  apiHosts: ['api.mercadopago.com'],
  links: {
    console: 'https://www.mercadopago.com/developers/panel/app',
    docs: 'https://www.mercadopago.com/developers/en/docs/security/oauth',
  },
  traps: ['PKCE is off until it is switched on for the application.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
