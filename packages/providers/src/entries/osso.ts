import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'osso',
  name: 'Osso',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the Osso installation',
      example: 'https://sso.example.com',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{url}/oauth/authorize',
    token: '{url}/oauth/token',
    userinfo: '{url}/oauth/me',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: { docs: 'https://github.com/enterprise-oss/osso' },
  traps: ["The person's company is chosen by a parameter domain or email of the authorization request."],
  ending: 'The project has had no release since 2021.',
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'The source calls it OpenID Connect in its present version and plain OAuth before; Osso has no ID tokens.',
    ],
  },
}
