import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'battlenet',
  name: 'Battle.net',
  protocol: 'oidc',
  domains: ['battle.net'],
  issuer: 'https://oauth.battle.net',
  endpoints: {
    authorization: 'https://oauth.battle.net/authorize',
    token: 'https://oauth.battle.net/token',
    userinfo: 'https://oauth.battle.net/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'no', accessTokenSeconds: 86_400 },
  localhost: 'allowed',
  links: {
    console: 'https://develop.battle.net/access/clients/create',
    docs: 'https://develop.battle.net/documentation/guides/using-oauth',
  },
  traps: [
    'There is no e-mail address, and the BattleTag can change.',
    'China has its own hosts below battlenet.com.cn, which have to be configured by hand.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 5,
    decisions: [
      'The one host oauth.battle.net without /oauth in the path is the current form; regional hosts redirect there.',
      "The subject is that of the ID token, the account's number, which userinfo repeats as id.",
    ],
  },
}
