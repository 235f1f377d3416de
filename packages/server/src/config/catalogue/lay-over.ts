import { isPlainObject } from '../path.ts'

/** Objects of which the configuration changes a part. */
const merged = new Set(['wire', 'authorize_params', 'connect_authorize_params', 'refresh', 'profile'])

/** Lists to which it adds: what the catalogue says stays true. It comes first. */
export const addedTo: ReadonlySet<string> = new Set(['quirks', 'connect_scopes'])

/** What an installation says of a provider, over what the catalogue says. */
export function layOver(
  known: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const laid = Object.entries(own).flatMap(([key, value]): [string, unknown][] =>
    value === undefined ? [] : [[key, over(key, known[key], value)]],
  )
  // Made of entries: by assignment `__proto__` would be no key that somebody finds unknown.
  const result: Record<string, unknown> = Object.fromEntries([...Object.entries(known), ...laid])
  // a key alone is how it proves itself then, unless it makes the client secret
  if (
    own.private_key !== undefined &&
    own.token_endpoint_auth_method === undefined &&
    !signsItsSecret(result)
  ) {
    delete result.token_endpoint_auth_method
  }
  return result
}

function over(key: string, before: unknown, value: unknown): unknown {
  if (merged.has(key) && isPlainObject(before) && isPlainObject(value))
    return key === 'refresh' ? earlier(before, value) : { ...before, ...value }
  return addedTo.has(key) && Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}

/** An end that comes first leaves nothing to the catalogue's later one. */
function earlier(known: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const { ends_unused_after_days: unused, ...others } = known
  const hard = own.ends_after_days
  const late = typeof hard === 'number' && typeof unused === 'number' && unused > hard
  return { ...(late ? others : known), ...own }
}

const signsItsSecret = ({ quirks, wire }: Record<string, unknown>): boolean =>
  (Array.isArray(quirks) && quirks.includes('signed-jwt-client-secret')) ||
  (isPlainObject(wire) && wire.client_secret === 'signed-jwt')
