import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'nextcloud',
  name: 'Nextcloud',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the Nextcloud installation, with its path if it has one',
      example: 'https://cloud.example.com',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{url}/index.php/apps/oauth2/authorize',
    token: '{url}/index.php/apps/oauth2/api/v1/token',
    userinfo: '{url}/ocs/v2.php/cloud/user?format=json',
  },
  identity: {
    from: 'nothing',
    because:
      'Its user id is a login name, which an administrator can give to somebody else once the first account is deleted.',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600 },
  localhost: 'allowed',
  links: { docs: 'https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html' },
  traps: [
    'There are no scopes: a token may do all that the person may.',
    'To sign people in nevertheless, set subject to ocs.data.id and never give a user id out twice.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}
