import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://www.patreon.com/api/oauth2/v2/identity", "sources": 3}, {"value": "https://www.patreon.com/api/oauth2/api/current_user", "sources": 1}, {"value": "{tenant}/{tenant}", "sources": 1}]}]
export const entry: Entry = {
  id: 'patreon',
  name: 'Patreon',
  protocol: 'oauth2',
  domains: ['patreon.com'],
  endpoints: {
    authorization: 'https://www.patreon.com/oauth2/authorize',
    token: 'https://www.patreon.com/api/oauth2/token',
    userinfo: 'https://www.patreon.com/api/oauth2/v2/identity',
  },
  scopes: { signIn: ['identity', 'identity[email]'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.attributes.full_name',
    email: 'data.attributes.email',
    picture: 'data.attributes.image_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.patreon.com/#oauth',
    console: 'https://www.patreon.com/portal/registration/register-clients',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}
