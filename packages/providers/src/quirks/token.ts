import type { Quirk } from './quirk.ts'

/** Token requests, their answers, and the tokens' later life. */
export const tokenQuirks: readonly Quirk[] = [
  { name: 'json-token-body', description: 'the token request is JSON', rules: { tokenParameters: 'json' } },
  { name: 'get-token-request', description: 'the token request is a GET', rules: { tokenMethod: 'GET' } },
  {
    name: 'token-params-in-query',
    description: 'the token request carries its parameters in the query',
    rules: { tokenParameters: 'query' },
  },
  { name: 'form-body-only', description: 'JSON bodies are refused' },
  {
    name: 'version-header',
    description: 'an API version header is needed',
    holds: ({ wire }) => Object.keys(wire?.headers ?? {}).some((name) => /version/i.test(name)),
  },
  {
    name: 'extra-headers',
    description: 'extra headers on token or API calls',
    holds: ({ wire }) =>
      Object.keys(wire?.headers ?? {}).some((name) => !/version|^client-id$|^user-agent$/i.test(name)),
  },
  {
    name: 'client-id-header',
    description: 'a Client-Id header is needed on API calls',
    holds: ({ wire }) => Object.keys(wire?.headers ?? {}).some((name) => /^client-id$/i.test(name)),
  },
  {
    name: 'user-agent-required',
    description: 'a descriptive User-Agent is required',
    holds: ({ wire }) => Object.keys(wire?.headers ?? {}).some((name) => /^user-agent$/i.test(name)),
  },
  { name: 'basic-auth-rejected', description: 'basic client authentication is refused' },
  {
    name: 'basic-not-urlencoded',
    description: 'Basic credentials are sent as they are, not form-encoded',
    rules: { basicCredentials: 'raw' },
  },
  {
    name: 'signed-jwt-client-secret',
    description: 'the client secret is a JWT signed with a private key',
    rules: { clientSecret: 'signed-jwt' },
  },
  {
    name: 'hashed-secret',
    description: 'the secret is sent as a hash over it and the code',
    rules: { clientSecret: 'sha256-of-secret-and-code' },
  },
  {
    name: 'private-key-client-auth',
    description: 'private_key_jwt instead of a secret',
    holds: ({ clientAuthentication }) => clientAuthentication === 'private_key_jwt',
  },
  {
    name: 'assertion-for-token-endpoint',
    description: "the audience of private_key_jwt is the token endpoint's URL",
    rules: { assertionAudience: 'token-endpoint' },
  },
  { name: 'api-key-as-client-secret', description: 'an API key is used as client secret' },
  {
    name: 'redirect-uri-refused-in-token',
    description: 'redirect_uri must not be sent to the token endpoint',
    rules: { tokenOmits: ['redirect_uri'] },
  },
  {
    name: 'redirect-uri-needed-on-refresh',
    description: 'redirect_uri is needed with a refresh',
    rules: { refreshRedirectUri: true },
  },
  { name: 'no-browser-token-requests', description: 'the token endpoint refuses browsers' },
  { name: 'dated-endpoint', description: 'a dated or versioned token endpoint with an end date' },
  { name: 'api-version-in-url', description: 'the API version stands in endpoint URLs' },
  {
    name: 'nested-token-response',
    description: 'token members are nested under a key',
    holds: ({ wire }) => wire?.tokenPath !== undefined && wire.tokenPath !== 'authed_user',
  },
  {
    name: 'two-tokens-in-one-response',
    description: "the app's and the person's tokens come in one answer",
    holds: ({ wire }) => wire?.tokenPath === 'authed_user',
  },
  {
    name: 'form-encoded-response',
    description: 'the token response is form-encoded',
    rules: { tokenBody: 'form' },
  },
  {
    // Always looked for, whoever the provider is; the name is known so that an entry may say it.
    name: 'error-with-http-200',
    description: 'errors come with HTTP 200',
    rules: {},
  },
  {
    name: 'nonstandard-token-fields',
    description:
      'token_type is missing or of its own kind, numbers are strings, absent members are null or empty',
    rules: { tokenFields: 'lenient' },
  },
  {
    name: 'renamed-token-fields',
    description: 'token members have other names',
    holds: ({ wire }) => wire?.tokenMembers !== undefined,
  },
  {
    name: 'absolute-expiry',
    description: 'the expiry is a point in time, not a number of seconds',
    holds: ({ wire }) => wire?.expiryForm !== undefined,
  },
  {
    name: 'scope-as-array',
    description: 'the granted scope is an array',
    rules: { scopeForm: 'array-or-string' },
  },
  { name: 'scope-null', description: 'the granted scope is null' },
  { name: 'scope-not-echoed', description: 'the granted scope differs from what was asked or misses some' },
  { name: 'extra-scopes-returned', description: 'the granted scope holds more than was asked' },
  { name: 'expires-in-zero', description: 'expires_in 0 means never', rules: { zeroExpiry: 'never' } },
  { name: 'no-expires-in', description: 'expires_in is missing though the token expires' },
  {
    name: 'tenant-in-token-response',
    description: 'the tenant or API host comes in the token response',
    holds: ({ wire }) => wire?.keepFromToken !== undefined,
  },
  {
    name: 'subject-in-token-response',
    description: 'who it is stands in the token response only',
    holds: ({ identity }) => identity.from === 'token-response',
  },
  { name: 'long-access-token-string', description: 'very long access tokens' },
  { name: 'invalid-grant-as-403', description: 'invalid_grant comes with HTTP 403' },
  { name: 'misleading-error', description: "the error's text misleads" },
]
