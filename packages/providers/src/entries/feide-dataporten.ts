import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'feide-dataporten',
  name: 'Feide',
  protocol: 'oidc',
  domains: ['dataporten.no'],
  issuer: 'https://auth.dataporten.no',
  endpoints: {
    authorization: 'https://auth.dataporten.no/oauth/authorization',
    token: 'https://auth.dataporten.no/oauth/token',
    userinfo: 'https://auth.dataporten.no/openid/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    console: 'https://kunde.feide.no/',
    docs: 'https://docs.feide.no/service_providers/openid_connect/index.html',
  },
  traps: [
    'Each attribute, such as the e-mail address, has to be enabled for the service, and home organizations may have to allow it.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'OpenID Connect instead of the older userinfo of the sources: its subject is the same user id.',
    ],
  },
}
