import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mailcow',
  name: 'mailcow',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: {
      description: 'Host of the mailcow installation',
      example: 'mail.example.com',
      kind: 'host',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/oauth/profile',
  },
  scopes: { signIn: ['profile'] },
  identity: {
    from: 'nothing',
    because: 'Its ids are mail addresses, which an administrator can give to somebody else.',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://docs.mailcow.email/third_party/nextcloud/third_party-nextcloud/' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ["The source has one hosted installation; mailcow runs on anybody's host."],
  },
}
