import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'typeform',
  name: 'Typeform',
  protocol: 'oauth2',
  domains: ['typeform.com', 'typeform.eu'],
  tenant: {
    host: {
      description: 'The host of its API: by where the accounts are kept',
      example: 'api.typeform.eu',
      kind: 'choice',
      choices: ['api.typeform.com', 'api.typeform.eu'],
      default: 'api.typeform.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/me',
  },
  scopes: { signIn: ['accounts:read'], connect: ['accounts:read', 'offline'] },
  identity: { from: 'userinfo', subject: 'user_id', name: 'alias', email: 'email' },
  refresh: { issued: 'conditional', accessTokenSeconds: 604800, note: 'Only with the scope offline.' },
  localhost: 'unknown',
  apiHosts: ['{host}'],
  links: {
    console: 'https://admin.typeform.com/account#/section/developer-apps',
    docs: 'https://www.typeform.com/developers/get-started/applications/',
  },
  traps: [
    "An app belongs to one region: the EU's has a host, apps and secrets of its own.",
    'The secret is shown once.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
