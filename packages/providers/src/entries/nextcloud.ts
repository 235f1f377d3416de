import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'nextcloud',
  name: 'Nextcloud',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    issuer: {
      description: 'TODO',
      example: 'acme',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{issuer}/index.php/apps/oauth2/authorize',
    token: '{issuer}/index.php/apps/oauth2/api/v1/token',
    userinfo: '{issuer}/ocs/v2.php/cloud/user?format=json',
  },
  identity: {
    from: 'userinfo',
    subject: 'ocs.data.id',
    name: 'ocs.data.displayname',
    email: 'ocs.data.email',
    picture: 'ocs.data.id',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
