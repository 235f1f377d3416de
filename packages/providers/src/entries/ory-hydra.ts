import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ory-hydra',
  name: 'Ory Hydra',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'Public address of Hydra, exactly as its discovery document says it',
      example: 'https://hydra.example.com',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 30,
    note: 'Only with offline_access; using a spent one ends the whole chain.',
  },
  localhost: 'allowed',
  links: { console: 'https://console.ory.sh/', docs: 'https://www.ory.com/docs/hydra' },
  traps: [
    'Versions before 2 end the issuer with a slash: then set issuer in the configuration with it.',
    'What comes beside sub is decided by the consent app of the installation.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
