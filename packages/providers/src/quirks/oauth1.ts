import type { Quirk } from './quirk.ts'

/** OAuth 1.0a. */
export const oauth1Quirks: readonly Quirk[] = [
  {
    name: 'oauth1-scope-in-authorize',
    description: 'OAuth 1.0a with scopes',
    holds: ({ oauth1 }) => oauth1?.scope !== undefined,
  },
  { name: 'oauth1-token-can-expire', description: 'an OAuth 1.0a token that can expire' },
  {
    name: 'oauth1-plaintext',
    description: 'PLAINTEXT signature',
    holds: ({ oauth1 }) => oauth1?.signatureMethod === 'PLAINTEXT',
  },
  {
    name: 'oauth1-rsa',
    description: 'RSA-SHA1 signature',
    holds: ({ oauth1 }) => oauth1?.signatureMethod === 'RSA-SHA1',
  },
  {
    name: 'oauth1-no-verifier',
    description: 'no oauth_verifier',
    holds: ({ oauth1 }) => oauth1?.unsafeVersion10 === true,
  },
  {
    name: 'oauth1-callback-late',
    description: 'oauth_callback goes to the authorization URL',
    holds: ({ oauth1 }) => oauth1?.unsafeVersion10 === true,
  },
  {
    name: 'oauth1-extra-params',
    description: 'further OAuth 1.0a parameters',
    holds: ({ oauth1, authorizeParams = {} }) =>
      oauth1 !== undefined &&
      (oauth1.requestTokenParams !== undefined || Object.keys(authorizeParams).length > 0),
  },
]
