import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'snowflake',
  name: 'Snowflake',
  protocol: 'oauth2',
  domains: ['snowflakecomputing.com'],
  tenant: {
    account: { description: 'TODO', example: 'xy12345.eu-central-1', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{account}.snowflakecomputing.com/oauth/authorize',
    token: 'https://{account}.snowflakecomputing.com/oauth/token-request',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
