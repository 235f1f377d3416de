import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'constant-contact',
  name: 'Constant Contact',
  protocol: 'oauth2',
  domains: ['constantcontact.com', 'cc.email'],
  endpoints: {
    authorization: 'https://authz.constantcontact.com/oauth2/default/v1/authorize',
    token: 'https://authz.constantcontact.com/oauth2/default/v1/token',
    userinfo: 'https://api.cc.email/v3/account/summary',
  },
  clientAuthentication: 'basic',
  scopes: { connect: ['account_read', 'offline_access'] },
  identity: {
    from: 'userinfo',
    shared: true,
    because: 'The API describes the account, which several people share.',
    subject: 'encoded_account_id',
    name: 'organization_name',
  },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 86_400,
    note: 'It takes the scope offline_access, and the app decides between rotating and long-lived refresh tokens.',
  },
  localhost: 'allowed',
  apiHosts: ['api.cc.email'],
  links: {
    console: 'https://app.constantcontact.com/pages/dma/portal/',
    docs: 'https://developer.constantcontact.com/api_guide/server_flow.html',
  },
  traps: ['The kind of grant, with or without PKCE, is chosen when the app is registered.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developer.constantcontact.com/api_guide/server_flow.html',
      'https://developer.constantcontact.com/api_guide/auth_overview.html',
      'https://developer.constantcontact.com/api_guide/account_details_get.html',
    ],
    decisions: [
      'PKCE is left on though one source turns it off, because the documentation has a flow with it and none that forbids it.',
    ],
  },
}
