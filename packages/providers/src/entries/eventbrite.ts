import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'eventbrite',
  name: 'Eventbrite',
  protocol: 'oauth2',
  domains: ['eventbrite.com', 'eventbriteapi.com'],
  endpoints: {
    authorization: 'https://www.eventbrite.com/oauth/authorize',
    token: 'https://www.eventbrite.com/oauth/token',
    userinfo: 'https://www.eventbriteapi.com/v3/users/me/',
    emails: 'https://www.eventbriteapi.com/v3/users/me/',
  },
  quirks: ['no-scope-parameter'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    emails: { list: 'emails', email: 'email', verified: 'verified', primary: 'primary' },
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['www.eventbriteapi.com'],
  links: {
    console: 'https://www.eventbrite.com/account-settings/apps',
    docs: 'https://www.eventbrite.com/platform/api',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The addresses are a list in the profile itself, from which the primary one is taken.'],
  },
}
