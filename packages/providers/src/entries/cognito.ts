import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'cognito',
  name: 'Amazon Cognito',
  protocol: 'oidc',
  domains: ['amazonaws.com', 'amazoncognito.com'],
  tenant: {
    region: {
      description: 'The region of the user pool',
      example: 'eu-west-1',
      kind: 'label',
      pattern: '[a-z]{2}(-[a-z]+)+-[0-9]',
    },
    userPoolId: {
      description: "The user pool's id",
      example: 'eu-west-1_AbCdEf123',
      kind: 'segment',
      pattern: '[a-z0-9-]+_[A-Za-z0-9]+',
    },
    prefix: {
      description: "The prefix of the user pool's domain, before .auth",
      example: 'acme',
      kind: 'label',
    },
  },
  issuer: 'https://cognito-idp.{region}.amazonaws.com/{userPoolId}',
  endpoints: {
    authorization: 'https://{prefix}.auth.{region}.amazoncognito.com/oauth2/authorize',
    token: 'https://{prefix}.auth.{region}.amazoncognito.com/oauth2/token',
    userinfo: 'https://{prefix}.auth.{region}.amazoncognito.com/oauth2/userInfo',
    revocation: 'https://{prefix}.auth.{region}.amazoncognito.com/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    omitted: true,
    accessTokenSeconds: 3600,
    note: "The app client sets all lifetimes, a refresh token's being 30 days by default, and whether it rotates.",
  },
  localhost: 'allowed',
  links: {
    console: 'https://console.aws.amazon.com/cognito/',
    docs: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html',
  },
  traps: [
    "A user pool on a domain of one's own needs its endpoints configured by hand.",
    'The app client must have a secret, the code grant and each scope enabled.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html',
    ],
    decisions: [
      "The endpoints lie on the user pool's domain, whatever the issuer's host is; userInfo is written with a capital I, as the documentation has it.",
    ],
  },
}
