import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mercado-libre',
  name: 'Mercado Libre',
  protocol: 'oauth2',
  domains: [
    'mercadolibre.com',
    'mercadolibre.com.ar',
    'mercadolivre.com.br',
    'mercadolibre.cl',
    'mercadolibre.com.co',
    'mercadolibre.com.ec',
    'mercadolibre.com.mx',
    'mercadolibre.com.pe',
    'mercadolibre.com.uy',
    'mercadolibre.com.ve',
  ],
  tenant: {
    site: {
      description: 'Domain of the country whose sellers sign in',
      example: 'mercadolibre.com.ar',
      kind: 'choice',
      choices: [
        'mercadolibre.com.ar',
        'mercadolivre.com.br',
        'mercadolibre.cl',
        'mercadolibre.com.co',
        'mercadolibre.com.ec',
        'mercadolibre.com.mx',
        'mercadolibre.com.pe',
        'mercadolibre.com.uy',
        'mercadolibre.com.ve',
      ],
    },
  },
  endpoints: {
    authorization: 'https://auth.{site}/authorization',
    token: 'https://api.mercadolibre.com/oauth/token',
    userinfo: 'https://api.mercadolibre.com/users/me',
  },
  scopes: { signIn: ['read'], connect: ['read', 'offline_access'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    login: 'nickname',
    email: 'email',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 21600,
    endsUnusedAfterDays: 180,
    note: 'Only for apps that have offline access ticked.',
  },
  localhost: 'https-only',
  apiHosts: ['api.mercadolibre.com'],
  links: {
    console: 'https://developers.mercadolibre.com.ar/devcenter',
    docs: 'https://developers.mercadolibre.com.ar/es_ar/autenticacion-y-autorizacion',
  },
  traps: [
    'Only the main account of a shop can grant access; a collaborator gets an error.',
    'Registering an app takes an account whose owner has proved who they are.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The source has auth.mercadolibre.com; the pages for people are on the domains of the countries.',
    ],
  },
}
