import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'auth0',
  name: 'Auth0',
  protocol: 'oidc',
  domains: [],
  tenant: {
    domain: {
      description: 'The domain of the tenant, or its custom domain',
      example: 'acme.eu.auth0.com',
      kind: 'host',
    },
  },
  issuer: 'https://{domain}/',
  endpoints: {
    authorization: 'https://{domain}/authorize',
    token: 'https://{domain}/oauth/token',
    userinfo: 'https://{domain}/userinfo',
    revocation: 'https://{domain}/oauth/revoke',
  },
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    note: 'It takes the scope offline_access, and the application decides about rotation and lifetimes.',
  },
  localhost: 'allowed',
  links: {
    console: 'https://manage.auth0.com/#/clients',
    docs: 'https://auth0.com/docs/authenticate/protocols/openid-connect-protocol',
  },
  traps: [
    'With a custom domain the issuer is that domain, so it has to be the one configured here.',
    'For localhost the consent page is always shown.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 5,
    decisions: [
      'The whole host is asked for instead of a subdomain of auth0.com, because of regions and custom domains.',
    ],
  },
}
