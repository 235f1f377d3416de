import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "edam_userId"}
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://sandbox.evernote.com/OAuth.action", "tokenEndpoint": "https://sandbox.evernote.com/oauth"}}
// TODO disagreements: [{"field": "requestTokenEndpoint", "values": [{"value": "https://sandbox.evernote.com/oauth", "sources": 1}, {"value": "https://www.evernote.com/oauth", "sources": 1}]}, {"field": "authorizationEndpoint", "values": [{"value": "https://sandbox.evernote.com/OAuth.action", "sources": 1}, {"value": "https://www.evernote.com/OAuth.action", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://sandbox.evernote.com/oauth", "sources": 1}, {"value": "https://www.evernote.com/oauth", "sources": 1}]}]
export const entry: Entry = {
  id: 'evernote',
  name: 'Evernote',
  protocol: 'oauth1',
  domains: ['evernote.com'],
  endpoints: {
    authorization: 'https://www.evernote.com/OAuth.action',
    token: 'https://www.evernote.com/oauth',
    requestToken: 'https://www.evernote.com/oauth',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: { docs: 'https://dev.evernote.com/doc/articles/authentication.php' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
