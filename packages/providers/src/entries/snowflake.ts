import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'snowflake',
  name: 'Snowflake',
  protocol: 'oauth2',
  domains: ['snowflakecomputing.com', 'snowflakecomputing.cn'],
  tenant: {
    host: {
      description: "The account's host",
      example: 'acme-main.snowflakecomputing.com',
      kind: 'host',
      domains: ['snowflakecomputing.com', 'snowflakecomputing.cn'],
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token-request',
  },
  clientAuthentication: 'basic',
  scopes: { connect: ['refresh_token'] },
  identity: {
    from: 'nothing',
    because:
      'The token response names the user by the login name only, which can be changed and given to somebody else.',
  },
  refresh: {
    issued: 'conditional',
    omitted: true,
    accessTokenSeconds: 600,
    endsAfterDays: 90,
    note: 'Only with the scope refresh_token and where the security integration issues them; it also says how long they last.',
  },
  localhost: 'allowed',
  apiHosts: ['{host}'],
  links: { docs: 'https://docs.snowflake.com/en/user-guide/oauth-custom' },
  traps: [
    'The app is a security integration, made with SQL by an account administrator.',
    'ACCOUNTADMIN and SECURITYADMIN are blocked for OAuth unless the account allows them.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}
