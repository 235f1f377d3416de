import type { Quirk } from './quirk.ts'

const inQuery = (value: string) => value.includes('{access_token}')

/** Who somebody is, and where one asks. */
export const userinfoQuirks: readonly Quirk[] = [
  {
    name: 'profile-wrapped',
    description: 'the profile is wrapped in another object',
    holds: ({ identity }) =>
      identity.from === 'userinfo' && [identity.subject].flat().every((path) => path.includes('.')),
  },
  {
    name: 'no-userinfo',
    description: 'there is no userinfo endpoint',
    // With OpenID Connect the discovery document tells.
    holds: ({ endpoints, protocol }) => protocol === 'oauth2' && endpoints.userinfo === undefined,
  },
  {
    name: 'no-email',
    description: 'no e-mail address',
    holds: ({ identity }) =>
      'subject' in identity && identity.email === undefined && identity.emails === undefined,
  },
  {
    name: 'email-needs-second-call',
    description: 'the e-mail address needs a second call',
    holds: ({ identity }) => 'emails' in identity && identity.emails !== undefined,
  },
  {
    name: 'email-not-verified',
    description: 'the e-mail address must not be trusted, whatever is said of it',
    rules: { emailVerified: 'never' },
    holds: ({ identity }) =>
      'subject' in identity &&
      identity.email !== undefined &&
      (identity.emailVerified === undefined ||
        (typeof identity.emailVerified === 'object' && identity.emailVerified.known === 'never')),
  },
  { name: 'subject-scoped-to-app', description: 'the subject differs from app to app' },
  { name: 'userinfo-post', description: 'userinfo is a POST', rules: { userinfoMethod: 'POST' } },
  {
    name: 'introspection-as-userinfo',
    description: 'whose a token is, is asked of its introspection endpoint',
    rules: {
      userinfoMethod: 'POST',
      userinfoBodyForm: 'form',
      userinfoBody: { token: '{access_token}', token_type_hint: 'access_token' },
      userinfoClient: 'post',
      authorizationScheme: 'none',
    },
  },
  {
    name: 'graphql-userinfo',
    description: 'userinfo is GraphQL',
    holds: ({ wire }) => wire?.userinfoBody?.query !== undefined,
  },
  {
    name: 'token-in-path-userinfo',
    description: "the access token stands in userinfo's path",
    holds: ({ endpoints }) => endpoints.userinfo?.includes('{access_token}') === true,
  },
  {
    name: 'token-in-query-userinfo',
    description: "the access token stands in userinfo's query",
    holds: ({ wire }) => Object.values(wire?.userinfoQuery ?? {}).some(inQuery),
  },
  {
    name: 'oauth-auth-scheme',
    description: 'Authorization: OAuth <token>',
    rules: { authorizationScheme: 'OAuth' },
  },
  { name: 'custom-api-auth-header', description: 'the API wants the token in a header of its own' },
  {
    name: 'userinfo-wrong-content-type',
    description: 'userinfo is JSON under another content type',
    rules: { userinfoType: 'any' },
  },
  {
    name: 'jsonp-userinfo',
    description: 'userinfo is JSON in a call of a function',
    rules: { userinfoType: 'jsonp' },
  },
  {
    name: 'nonce-not-echoed',
    description: 'the ID token lacks the nonce; taken only together with PKCE S256',
    rules: { unsafeNonceMayMiss: true },
  },
  {
    name: 'issuer-varies-with-tenant',
    description: "the ID token's issuer names the tenant",
    holds: ({ wire }) => wire?.issuerTemplate !== undefined,
  },
  { name: 'id-token-missing', description: 'no ID token although it speaks OpenID Connect' },
]
