import type { KeyObject } from 'node:crypto'
import { thumbprintOf } from '../dpop/thumbprint.ts'
import { fetchJson } from '../fetch-json.ts'
import { type Algorithm, importKey, isKeyFor } from '../jws/algorithm.ts'
import { isJsonObject } from '../jws/compact.ts'
import { parsePublicJwk } from '../jws/jwk.ts'

export type PublishedKey = {
  readonly kid: string
  readonly thumbprint: string
  readonly key: KeyObject
  /** Those of the allowed algorithms that this key may be used with. */
  readonly algorithms: readonly Algorithm[]
}

export type LoadedKeys = {
  readonly keys: readonly PublishedKey[]
  /** How long the answer may be used without asking again, in seconds. */
  readonly maxAgeSeconds: number
}

export const maxKidLength = 256
const maxBytes = 256 * 1024
const maxKeys = 64
const maxAge = { min: 60, default: 300, max: 3600 }

/**
 * Fetches a JWK Set (RFC 7517 section 5) in bounded time and memory, following no redirect.
 * Keys of kinds not understood are passed over (RFC 7517 section 5); a set without a usable key is a failure.
 */
export async function loadKeys(
  uri: string,
  options: { fetch: typeof globalThis.fetch; timeoutMs: number; algorithms: readonly Algorithm[] },
): Promise<LoadedKeys> {
  const { body, headers } = await fetchJson(
    uri,
    { headers: { accept: 'application/jwk-set+json, application/json' }, redirect: 'error' },
    { ...options, maxBytes },
  )
  const keys = parseKeys(body, options.algorithms)
  if (keys.length === 0) throw new Error('the key set holds no usable key')
  return { keys, maxAgeSeconds: freshness(headers.get('cache-control') ?? '') }
}

function parseKeys(document: unknown, allowed: readonly Algorithm[]): PublishedKey[] {
  const list = isJsonObject(document) ? document.keys : undefined
  if (!Array.isArray(list)) throw new Error('the key set is not a JWK Set')
  return list.slice(0, maxKeys).flatMap((jwk: unknown) => {
    if (!isJsonObject(jwk)) return []
    const { kid } = jwk
    const members = parsePublicJwk(jwk)
    if (!members || typeof kid !== 'string' || kid.length === 0 || kid.length > maxKidLength) return []
    // From the configured algorithms, never from what a token says: a JWK without `alg` allows its key type's only.
    const algorithms = allowed.filter((alg) => isKeyFor(alg, members, jwk))
    const key = algorithms.length > 0 ? importKey(members) : undefined
    return key ? [{ kid, thumbprint: thumbprintOf(members), key, algorithms }] : []
  })
}

function freshness(cacheControl: string): number {
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(cacheControl)?.[1]
  const asked = seconds === undefined ? maxAge.default : Number(seconds)
  return Math.min(maxAge.max, Math.max(maxAge.min, asked))
}
