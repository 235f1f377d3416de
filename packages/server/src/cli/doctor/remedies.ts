/** The failures of providers, by the beginning of their reason, and what helps. The first that fits. */
export const remedies: readonly [beginning: string, remedy: string][] = [
  ['invalid_client', 'compare client_id, client_secret and token_endpoint_auth_method with the registration'],
  ['unauthorized_client', 'the registration does not allow this: see its grant types and scopes'],
  ['invalid_scope', 'ask for scopes that the registration has'],
  ['unsupported_grant_type', 'the registration does not allow refresh tokens'],
  ['metadata', 'compare "issuer" with the discovery document; the provider may have changed its address'],
  ['callback_issuer', 'compare "issuer" with the parameter "iss" of the callback'],
  [
    'id_token_issuer',
    'compare "issuer" with "iss" of its ID tokens; a tenant of its own has an issuer of its own',
  ],
  ['id_token_algorithm', 'list its algorithm in id_token_algorithms, if it is asymmetric'],
  ['id_token_nonce', 'the provider leaves nonce out: see the quirk nonce-not-echoed'],
  ['id_token_expired', 'compare the clocks'],
  ['id_token_time', 'compare the clocks'],
  ['id_token', 'its ID tokens have changed: see the log for the request id, and the provider’s news'],
  ['jwks', 'its keys cannot be read: see jwks_uri in its discovery document'],
  [
    'subject_malformed',
    'its answer no longer has "subject" where the configuration says: look at one, and mend it',
  ],
  ['userinfo', 'its profile has changed: compare it with "userinfo_endpoint", "subject" and "profile"'],
  ['token', 'its token answers have changed: compare them with "quirks" and "wire"'],
  ['refresh_identity', 'a refresh answered for somebody else: see the provider’s news'],
  ['redirected', 'an endpoint has moved: give its new address'],
  ['too_large', 'its answer is larger than any should be'],
  ['blocked_address', 'its host is in the private network: see allow_private_network_providers'],
  ['tls', 'its certificate is not good, or another host answers under its name'],
  ['insecure_url', 'give its https address'],
]

const lastResort = 'look in the log for "detail" beside the request id that the app was told'

export const remedyFor = (reason: string): string =>
  remedies.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? lastResort
