/**
 * The second line of defence of the logs: nothing is logged that holds a secret, and should it happen, what has a
 * secret's name or a secret's shape is taken out here.
 */

const gone = '[redacted]'
const deepest = 5
const longestText = 4096
const mostElements = 50

/** Names without case and punctuation. */
const secretNames = new Set([
  'authorization',
  'clientassertion',
  'code',
  'codeverifier',
  'cookie',
  'dpop',
  'dpopproof',
  'invite',
  'jwt',
  'nonce',
  'passphrase',
  'privatejwk',
  'privatekey',
  'proof',
  'proxyauthorization',
  'requesturi',
  'sealedprivatejwk',
  'setcookie',
  'verifier',
])
const secretEndings = /(?:token|tokenhint|secret|password|verifier|assertion|cookie|apikey)s?$/

const isSecretName = (name: string): boolean => {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return secretNames.has(plain) || secretEndings.test(plain)
}

/** `has_refresh_token: true` tells nothing. */
const mayHold = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== 'boolean'

const shapes: [RegExp, string][] = [
  // a compact JWS or JWE: its header is JSON, so it begins with eyJ
  [/\beyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){0,3}/g, gone],
  // RFC 5849 section 3.5.1
  [/\bOAuth +(?:realm|oauth_)[^\n]*/gi, `OAuth ${gone}`],
  [/\b(Bearer|DPoP|Basic) +[\w.~+/=-]{16,}/gi, `$1 ${gone}`],
  [
    /([?&#;\s"'(]|^)((?:code|state|nonce|invite|request_uri|code_verifier|oauth_verifier|oauth_signature|[\w-]*(?:token|secret|assertion|password)(?:_hint)?)=)[^&#\s"'<>]+/gi,
    `$1$2${gone}`,
  ],
  [/((?:__Host-)?latchkey-[\w-]+=)[^;\s]+/g, `$1${gone}`],
  // user information of a URL
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/@\s"']+@/gi, `$1${gone}@`],
]

/** None of the shapes fits a short text without any of this. */
const suspicious = /[=@]|eyJ|bearer|dpop|basic/i

/** Takes secrets out of a text by their shape, and bounds its length. */
export function scrubText(text: string): string {
  if (text.length < 100 && !suspicious.test(text)) return text
  let clean = text.length > longestText ? `${text.slice(0, longestText)}...` : text
  for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement)
  return clean
}

/**
 * A copy that is safe to log: values with a secret's name replaced, texts scrubbed, errors as
 * `{type, error_code, message, stack, cause}`, bytes as their number, depth and length bounded.
 */
export function scrubFields(fields: Record<string, unknown>): Record<string, unknown> {
  return scrubObject(fields, 0)
}

function scrubObject(object: object, depth: number): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object).slice(0, mostElements)) {
    clean[name] = isSecretName(name) && mayHold(value) ? gone : scrubValue(value, depth + 1)
  }
  return clean
}

function scrubValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '[deeper]'
  if (value instanceof Error) return scrubError(value, depth)
  if (value instanceof URL || value instanceof URLSearchParams) return scrubText(String(value))
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value))
    return value.slice(0, mostElements).map((element: unknown) => scrubValue(element, depth + 1))
  if (value instanceof Map || value instanceof Headers) return scrubObject(Object.fromEntries(value), depth)
  return scrubObject(value, depth)
}

function scrubError(error: Error, depth: number): Record<string, unknown> {
  const { message, stack, cause } = error
  const code: unknown = Reflect.get(error, 'code')
  const own = Object.fromEntries(
    Object.entries(error).filter(([name]) => name !== 'code' && name !== 'cause'),
  )
  return {
    ...scrubObject(own, depth),
    type: error.name,
    ...(code === undefined ? {} : { error_code: scrubValue(code, depth + 1) }),
    message: scrubText(message),
    ...(stack === undefined ? {} : { stack: scrubText(stack) }),
    ...(cause === undefined ? {} : { cause: scrubValue(cause, depth + 1) }),
  }
}
