import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'netsuite',
  name: 'NetSuite',
  protocol: 'oauth2',
  domains: ['netsuite.com'],
  tenant: {
    accountId: {
      description: 'Account id as in host names: lower case, with a hyphen for the underscore of sandboxes',
      example: '1234567-sb1',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{accountId}.app.netsuite.com/app/login/oauth2/authorize.nl',
    token: 'https://{accountId}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token',
    revocation: 'https://{accountId}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { connect: ['rest_webservices'] },
  identity: {
    from: 'nothing',
    because:
      'The scopes of its web services include no call that says whose a token is; accounts script one of their own.',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600, endsAfterDays: 7 },
  localhost: 'https-only',
  apiHosts: ['{accountId}.suitetalk.api.netsuite.com', '{accountId}.restlets.api.netsuite.com'],
  links: { docs: 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/chapter_157769826287.html' },
  traps: [
    'The feature OAuth 2.0 must be enabled for the account, and the integration record needs the authorization code grant.',
    'A connection has to be made anew every seven days.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    urls: ['https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_160855370280.html'],
    decisions: [
      'A source reads the person from a RESTlet that each account has to write and deploy first.',
      'Its OpenID Connect has one issuer for all accounts, so a sub alone would mix people of different accounts.',
    ],
  },
}
