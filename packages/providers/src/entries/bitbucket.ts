import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "profile.subject", "values": [{"value": "account_id", "sources": 2}, {"value": "uuid", "sources": 1}, {"value": "username", "sources": 1}]}]
export const entry: Entry = {
  id: 'bitbucket',
  name: 'Bitbucket',
  protocol: 'oauth2',
  domains: ['bitbucket.org'],
  endpoints: {
    authorization: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    userinfo: 'https://api.bitbucket.org/2.0/user',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['account'] },
  identity: {
    from: 'userinfo',
    subject: 'account_id',
    name: ['display_name', 'username'],
    email: 'email',
    picture: 'links.avatar.href',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}
