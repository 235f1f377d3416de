import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'boxyhq-saml',
  name: 'BoxyHQ SAML Jackson',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The address where Jackson runs',
      example: 'https://sso.example.com',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: { docs: 'https://www.ory.com/docs/polis' },
  traps: [
    "ID tokens need a pair of signing keys in Jackson's configuration.",
    'A client id of the form tenant=acme&product=app chooses a connection by tenant and product.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The parameter provider of a source is not sent: client id, tenant and product choose the connection.',
    ],
  },
}
