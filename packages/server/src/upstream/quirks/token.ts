import type { Quirk } from './rules.ts'

export const tokenQuirks: Quirk[] = [
  {
    name: 'basic-not-urlencoded',
    description: 'Basic credentials are sent as they are, not form-encoded',
    rules: { basicCredentials: 'raw' },
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
    name: 'scope-as-array',
    description: 'the granted scope is an array',
    rules: { scopeForm: 'array-or-string' },
  },
  { name: 'expires-in-zero', description: 'expires_in 0 means never', rules: { zeroExpiry: 'never' } },
  {
    name: 'nonce-not-echoed',
    description: 'the ID token lacks the nonce; taken only together with PKCE S256',
    rules: { nonce: 'may-miss' },
  },
]
