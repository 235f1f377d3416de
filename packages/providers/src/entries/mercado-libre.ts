import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mercado-libre',
  name: 'Mercado Libre',
  protocol: 'oauth2',
  domains: ['mercadolibre.com'],
  endpoints: {
    authorization: 'https://auth.mercadolibre.com/authorization',
    token: 'https://api.mercadolibre.com/oauth/token',
    userinfo: 'https://api.mercadolibre.com/users/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.mercadolibre.com.ar/es_ar/consulta-usuarios#Consultar-mis-datos-personales',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
