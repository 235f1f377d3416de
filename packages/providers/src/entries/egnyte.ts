import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'egnyte',
  name: 'Egnyte',
  protocol: 'oauth2',
  domains: ['egnyte.com'],
  tenant: {
    subdomain: { description: "The domain's name before .egnyte.com", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.egnyte.com/puboauth/token',
    token: 'https://{subdomain}.egnyte.com/puboauth/token',
    userinfo: 'https://{subdomain}.egnyte.com/pubapi/v1/userinfo',
  },
  scopes: { signIn: ['Egnyte.user'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    login: 'username',
    email: 'email',
  },
  refresh: { issued: 'unknown' },
  localhost: 'https-only',
  apiHosts: ['{subdomain}.egnyte.com'],
  links: {
    console: 'https://developers.egnyte.com/apps/mykeys',
    docs: 'https://developers.egnyte.com/docs/read/Public_API_Authentication',
  },
  traps: ['A new key works with one domain until Egnyte has certified the app.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ["The path of userinfo is that of the public API; the source's /puboauth path is no API."],
  },
}
