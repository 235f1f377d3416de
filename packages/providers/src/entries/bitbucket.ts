import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'bitbucket',
  name: 'Bitbucket',
  protocol: 'oauth2',
  domains: ['bitbucket.org'],
  endpoints: {
    authorization: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    userinfo: 'https://api.bitbucket.org/2.0/user',
    emails: 'https://api.bitbucket.org/2.0/user/emails',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['account', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'uuid',
    name: 'display_name',
    login: 'username',
    picture: 'links.avatar.href',
    emails: { list: 'values', email: 'email', verified: 'is_confirmed', primary: 'is_primary' },
  },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['api.bitbucket.org'],
  links: { docs: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/' },
  traps: [
    'An OAuth consumer belongs to a workspace, and its scopes are ticked there; a request can only narrow them.',
    'This is not the sign-in of Jira and Confluence, which is the entry atlassian.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'The subject is uuid, which every account has; account_id is missing for some, and the username can change.',
    ],
  },
}
