import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'concur',
  name: 'SAP Concur',
  protocol: 'oauth2',
  domains: ['concursolutions.com'],
  tenant: {
    geolocation: {
      description: 'The data center of the account, the part before .api.concursolutions.com',
      example: 'eu2',
      kind: 'choice',
      choices: ['us', 'us2', 'eu', 'eu2', 'integration'],
      default: 'us',
    },
  },
  endpoints: {
    authorization: 'https://{geolocation}.api.concursolutions.com/oauth2/v0/authorize',
    token: 'https://{geolocation}.api.concursolutions.com/oauth2/v0/token',
  },
  wire: { keepFromToken: ['geolocation'] },
  identity: {
    from: 'nothing',
    because: 'The API that names the person asks for scopes that SAP grants app by app.',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600, endsAfterDays: 180 },
  localhost: 'unknown',
  apiHosts: ['{geolocation}.api.concursolutions.com'],
  links: { docs: 'https://developer.concur.com/api-reference/authentication/apidoc.html' },
  traps: [
    'Apps are registered with the help of a partner manager, for one data center.',
    'API calls go to the host that the token response names as geolocation.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developer.concur.com/api-reference/authentication/apidoc.html',
      'https://developer.concur.com/api-reference/authentication/getting-started.html',
    ],
    decisions: [
      "The token request is the standard one; a source's parameters in the query belong to the older service.",
    ],
  },
}
