/** How a provider is spoken to and read, where it may differ from the standards. The defaults are strict. */
export interface WireRules {
  /** Instead of the configured separator. */
  scopeSeparator?: string
  sendScope: boolean

  /** RFC 6749 section 2.3.1 has both halves form-encoded. */
  basicCredentials: 'encoded' | 'raw'
  tokenBody: 'json' | 'form'
  /** Missing or own `token_type`, numbers as strings, null or empty where a member should be absent. */
  tokenFields: 'strict' | 'lenient'
  scopeForm: 'string' | 'array-or-string'
  zeroExpiry: 'expired' | 'never'

  userinfoMethod: 'GET' | 'POST'
  userinfoType: 'json' | 'any'
  /** The scheme before the access token (RFC 6750 section 2.1). */
  authorizationScheme: 'Bearer' | 'OAuth'

  /** Whether an ID token without `nonce` passes; only where PKCE binds the code instead. */
  nonce: 'required' | 'may-miss'
  /** Whether the provider's word on `email_verified` counts. */
  emailVerified: 'as-said' | 'never'
}

/** A deviation of real providers from the standards, by the name under which configuration asks for it. */
export interface Quirk {
  name: string
  /** One line for people. */
  description: string
  rules: Partial<WireRules>
}

export const standardRules: Readonly<WireRules> = {
  sendScope: true,
  basicCredentials: 'encoded',
  tokenBody: 'json',
  tokenFields: 'strict',
  scopeForm: 'string',
  zeroExpiry: 'expired',
  userinfoMethod: 'GET',
  userinfoType: 'json',
  authorizationScheme: 'Bearer',
  nonce: 'required',
  emailVerified: 'as-said',
}
