import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'zendesk',
  name: 'Zendesk',
  protocol: 'oauth2',
  domains: ['zendesk.com'],
  tenant: {
    subdomain: { description: "The account's name before .zendesk.com", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.zendesk.com/oauth/authorizations/new',
    token: 'https://{subdomain}.zendesk.com/oauth/tokens',
    userinfo: 'https://{subdomain}.zendesk.com/api/v2/users/me.json',
  },
  scopes: { signIn: ['read'] },
  quirks: ['client-chosen-expiry', 'never-expires-became-optional'],
  wire: { tokenExtra: { expires_in: '7200' }, refreshExtra: { expires_in: '7200' } },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.name',
    email: 'user.email',
    picture: 'user.photo.content_url',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 7200,
    note: 'A refresh deletes the access token and the refresh token before it.',
  },
  localhost: 'allowed',
  apiHosts: ['{subdomain}.zendesk.com'],
  links: {
    console: 'https://support.zendesk.com/hc/en-us/articles/4408845965210',
    docs: 'https://developer.zendesk.com/documentation/api-basics/authentication/refresh-token',
  },
  traps: [
    'An OAuth client belongs to one account; one for many accounts has to be made global by Zendesk.',
    'Redirect URIs must be https, except for localhost.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://support.zendesk.com/hc/en-us/articles/9182123625370',
      'https://developer.zendesk.com/documentation/api-basics/authentication/refresh-token',
    ],
    decisions: [
      'A lifetime is asked for each time: without it, clients made before May 2026 get tokens that do not end and no refresh token.',
      'The address does not count as verified: an administrator of the account can set that mark.',
    ],
  },
}
