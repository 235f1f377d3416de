import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tumblr',
  name: 'Tumblr',
  protocol: 'oauth2',
  domains: ['tumblr.com'],
  endpoints: {
    authorization: 'https://www.tumblr.com/oauth2/authorize',
    token: 'https://api.tumblr.com/v2/oauth2/token',
  },
  scopes: { connect: ['basic', 'offline_access'] },
  quirks: ['nonstandard-token-fields'],
  identity: {
    from: 'nothing',
    because: "Its API names a person by the blog's name, which can be changed and taken by somebody else.",
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 2520,
    note: 'Only with the scope offline_access.',
  },
  localhost: 'allowed',
  apiHosts: ['api.tumblr.com'],
  links: {
    console: 'https://www.tumblr.com/oauth/apps',
    docs: 'https://www.tumblr.com/docs/en/api/v2#oauth2-authorization',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      "A blog's uuid would last, but blogs are handed over, and which of them is the person's own is not told by their order.",
    ],
  },
}
