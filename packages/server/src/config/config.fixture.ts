import type { ConfigInput } from './define.ts'

/** 32 bytes that are not all alike. */
export const testSecret = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString(
  'base64url',
)

export const testClient = {
  id: 'web',
  redirect_uris: ['https://app.example.com/callback'],
  origins: ['https://app.example.com'],
}

export const testOidcProvider = {
  type: 'oidc' as const,
  issuer: 'https://login.acme.test',
  client_id: 'latchkey',
  client_secret: 'known only to acme',
}

export const testOAuth2Provider = {
  type: 'oauth2' as const,
  authorization_endpoint: 'https://legacy.test/authorize',
  token_endpoint: 'https://legacy.test/token',
  userinfo_endpoint: 'https://legacy.test/me',
  client_id: 'latchkey',
  client_secret: 'known only to legacy',
  subject: 'id',
}

/** The least that a working installation says. Without mistakes or warnings. */
export const testConfig: ConfigInput = {
  issuer: 'https://auth.example.com',
  secrets: [testSecret],
  clients: [testClient],
  providers: { acme: testOidcProvider },
}
