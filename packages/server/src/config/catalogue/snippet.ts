import { type Entry, signsIn } from '@latchkey/providers'
import { snakeCase } from './names.ts'

export interface Snippet {
  /** What to write under the provider's key: names of environment variables, never a secret. */
  provider: Record<string, unknown>
  /** Those names, in order. */
  environment: string[]
}

/**
 * The least that a configuration says of a provider.
 * @param options.key the provider's key in the configuration
 * @param options.tenant values of the entry's placeholders, by their keys; those that are missing come from the environment
 * @param options.connect whether accounts can be connected; default: where it can do nothing else
 */
export function snippetFor(
  entry: Entry,
  options: { key: string; tenant?: Readonly<Record<string, string>>; connect?: boolean },
): Snippet {
  const { key, tenant = {}, connect = !signsIn(entry) } = options
  const environment: string[] = []
  const variable = (name: string): string => {
    const whole = `${prefixOf(key)}_${name}`.toUpperCase()
    environment.push(whole)
    return `\${${whole}}`
  }
  const tenants = Object.entries(entry.tenant ?? {}).flatMap(([name, placeholder]): [string, string][] => {
    const own = snakeCase(name)
    const value = tenant[own]
    if (value !== undefined) return [[own, escaped(value)]]
    return placeholder.default === undefined ? [[own, variable(own)]] : []
  })
  return {
    provider: {
      ...(key !== entry.id && { catalogue: entry.id }),
      ...Object.fromEntries(tenants),
      ...credentials(entry, variable),
      ...(connect && { connect: true }),
    },
    environment,
  }
}

function credentials(entry: Entry, variable: (name: string) => string): Record<string, unknown> {
  const { protocol, oauth1, clientAuthentication, quirks = [], wire } = entry
  if (protocol === 'oauth1') {
    const consumer_key = variable('consumer_key')
    return oauth1?.signatureMethod === 'RSA-SHA1'
      ? { consumer_key, private_key: rsaKey(variable) }
      : { consumer_key, consumer_secret: variable('consumer_secret') }
  }
  const client_id = variable('client_id')
  if (quirks.includes('signed-jwt-client-secret') || wire?.clientSecret === 'signed-jwt') {
    return { client_id, client_secret_issuer: variable('client_secret_issuer'), private_key: ecKey(variable) }
  }
  if (clientAuthentication === 'private_key_jwt') return { client_id, private_key: ecKey(variable) }
  return clientAuthentication === 'none'
    ? { client_id }
    : { client_id, client_secret: variable('client_secret') }
}

const ecKey = (variable: (name: string) => string) => ({
  kty: 'EC',
  crv: 'P-256',
  kid: variable('key_id'),
  x: variable('key_x'),
  y: variable('key_y'),
  d: variable('key_d'),
})

const rsaKey = (variable: (name: string) => string) => ({
  kty: 'RSA',
  ...Object.fromEntries(
    ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((part) => [part, variable(`key_${part}`)]),
  ),
})

/** No variable begins with a digit. */
const prefixOf = (key: string): string => `${/^\d/.test(key) ? 'p' : ''}${key.replaceAll('-', '_')}`

/** A plain `${` of a value that somebody gave. A function, since `$$` in a replacement is one `$`. */
const escaped = (value: string): string => value.replaceAll('${', () => '$${')
