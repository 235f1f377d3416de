import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'exist',
  name: 'Exist',
  protocol: 'oauth2',
  domains: ['exist.io'],
  endpoints: {
    authorization: 'https://exist.io/oauth2/authorize',
    token: 'https://exist.io/oauth2/access_token',
  },
  scopes: { connect: ['mood_read'] },
  identity: {
    from: 'nothing',
    because: 'The profile names the person by a username, which can change, and by no id.',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 31_536_000 },
  localhost: 'allowed',
  apiHosts: ['exist.io'],
  links: {
    console: 'https://exist.io/account/apps/',
    docs: 'https://developer.exist.io/guide/authentication/',
  },
  traps: ['At least one scope has to be asked for.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['No sign-in: the source takes the username for the subject, which is no id.'],
  },
}
