import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'eveonline',
  name: 'EVE Online',
  protocol: 'oauth2',
  domains: ['eveonline.com', 'evetech.net'],
  endpoints: {
    authorization: 'https://login.eveonline.com/v2/oauth/authorize',
    token: 'https://login.eveonline.com/v2/oauth/token',
    userinfo: 'https://login.eveonline.com/oauth/verify',
    revocation: 'https://login.eveonline.com/v2/oauth/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['publicData'] },
  quirks: ['old-endpoints-in-libraries'],
  identity: { from: 'userinfo', subject: 'CharacterOwnerHash', name: 'CharacterName' },
  refresh: { issued: 'yes', accessTokenSeconds: 1200 },
  localhost: 'allowed',
  apiHosts: ['esi.evetech.net'],
  links: {
    console: 'https://developers.eveonline.com/applications',
    docs: 'https://developers.eveonline.com/docs/services/sso/',
  },
  traps: ['A person signs in as one character, and a character that changes hands counts as somebody else.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'The subject is the hash of character and owner, because a character can be handed to another account.',
      'Version 2 of authorize and token, as two of three sources have it; verify has no second version.',
    ],
  },
}
