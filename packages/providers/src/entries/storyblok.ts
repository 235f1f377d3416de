import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'storyblok',
  name: 'Storyblok',
  protocol: 'oauth2',
  domains: ['storyblok.com'],
  endpoints: {
    authorization: 'https://app.storyblok.com/oauth/authorize',
    token: 'https://app.storyblok.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
