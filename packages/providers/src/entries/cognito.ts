import type { Entry } from '../entry.ts'

// TODO notes: "the issuer host differs from the endpoint host"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://{cleanDomain}/oauth2/authorize", "sources": 3}, {"value": "{domain}/oauth2/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://{cleanDomain}/oauth2/token", "sources": 3}, {"value": "{domain}/oauth2/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://{cleanDomain}/oauth2/userinfo", "sources": 2}, {"value": "{domain}/oauth2/userInfo", "sources": 1}]}]
export const entry: Entry = {
  id: 'cognito',
  name: 'Amazon Cognito',
  protocol: 'oidc',
  domains: ['amazonaws.com'],
  tenant: {
    region: { description: 'TODO', example: 'acme', kind: 'label' },
    userPoolId: { description: 'TODO', example: 'acme', kind: 'segment' },
    domain: {
      description: 'TODO',
      example: 'acme.auth.eu-west-1.amazoncognito.com',
      kind: 'host',
    },
  },
  issuer: 'https://cognito-idp.{region}.amazonaws.com/{userPoolId}',
  endpoints: {
    authorization: 'https://{domain}/oauth2/authorize',
    token: 'https://{domain}/oauth2/token',
    userinfo: 'https://{domain}/oauth2/userInfo',
    revocation: 'https://{domain}/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-reference.html',
    console: 'https://console.aws.amazon.com/cognito/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}
