import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'evernote',
  name: 'Evernote',
  protocol: 'oauth1',
  domains: ['evernote.com'],
  endpoints: {
    requestToken: 'https://www.evernote.com/oauth',
    authorization: 'https://www.evernote.com/OAuth.action',
    token: 'https://www.evernote.com/oauth',
  },
  quirks: ['oauth1-token-can-expire'],
  wire: { keepFromToken: ['edam_expires', 'edam_noteStoreUrl', 'edam_shard', 'edam_webApiUrlPrefix'] },
  identity: { from: 'token-response', subject: 'edam_userId' },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 31_536_000,
    note: 'People choose on the consent page for how long, at most a year.',
  },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  apiHosts: ['www.evernote.com'],
  links: { docs: 'https://dev.evernote.com/doc/articles/authentication.php' },
  traps: ['API keys are given on request and after a review.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The hosts are those of production; the sandbox has its own at sandbox.evernote.com.'],
  },
}
