import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'adfs',
  name: 'AD FS',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The federation service, up to and with /adfs',
      example: 'https://sts.example.com/adfs',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['audience-param', 'subject-scoped-to-app'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 3600,
    note: 'The farm decides by its sign-in lifetimes whether there is a refresh token.',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/overview/ad-fs-openid-connect-oauth-flows-scenarios',
  },
  traps: [
    'Userinfo answers with the subject only, so name and e-mail have to be issued into the ID token by a claim rule.',
    'Tokens for an API of your own need its identifier as the parameter resource.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
