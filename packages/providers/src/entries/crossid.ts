import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'crossid',
  name: 'Crossid',
  protocol: 'oauth2',
  domains: ['crossid.io'],
  tenant: {
    subdomain: { description: "The tenant's name before .crossid.io", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.crossid.io/oauth2/auth',
    token: 'https://{subdomain}.crossid.io/oauth2/token',
    userinfo: 'https://{subdomain}.crossid.io/oauth2/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'picture',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.crossid.io/' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: [
      'Userinfo names the person, because the issuer that its ID tokens name is not known for certain.',
    ],
  },
}
