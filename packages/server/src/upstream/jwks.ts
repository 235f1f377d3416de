import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { createCached } from './cached.ts'
import { fault } from './failures.ts'
import { isObject, type JsonObject } from './json.ts'
import { signatureAlgorithm } from './jws.ts'

/** The public keys of one issuer, from the one place that its metadata names. */
export interface KeySource {
  /**
   * Keys that may have made a signature with this header, in a token that names this issuer. When there is none the set is
   * fetched anew, within a small allowance, so that neither a rotation nor made-up key ids cost many requests.
   * @throws UpstreamError when the set cannot be had
   */
  find(alg: string, kid: string | undefined, issuer?: unknown): Promise<KeyObject[]>
  /** As `find`, after the keys it gave did not fit a signature that names none. */
  findRenewed(alg: string, kid: string | undefined, issuer?: unknown): Promise<KeyObject[]>
}

export interface KeySourceOptions {
  /** The body of the key set document. */
  load: () => Promise<JsonObject>
  clock: Clock
  onBackgroundFailure?: (error: unknown) => void
  /** Whether a key may sign for an issuer, where the set has keys of several. Default: all do. */
  signsFor?: (jwk: JsonObject, issuer: unknown) => boolean
}

const minute = 60_000
const freshMs = 5 * minute
const staleMs = 60 * minute
const coolDownMs = 1_000
/** Fetches for unknown keys: two at once, then one each half minute. */
const renewals = { burst: 2, everyMs: 30_000 }
const maxKeys = 100
const maxTried = 4

export function createKeySource({ load, clock, onBackgroundFailure, signsFor }: KeySourceOptions): KeySource {
  const keys = createCached({
    load: async () => {
      const published = parseKeySet(await load())
      loads++
      return published
    },
    clock,
    freshMs,
    staleMs,
    coolDownMs,
    ...(onBackgroundFailure && { onBackgroundFailure }),
  })
  const allowance = createAllowance(clock, renewals)
  let loads = 0
  let renewing: Promise<PublishedKey[]> | undefined

  const select = (published: PublishedKey[], alg: string, kid: string | undefined, issuer: unknown) =>
    selected(
      published.filter(({ jwk }) => signsFor?.(jwk, issuer) !== false),
      alg,
      kid,
    )

  const findRenewed: KeySource['findRenewed'] = async (alg, kid, issuer) => {
    if (renewing === undefined) {
      if (!allowance.take()) return []
      const renewal = keys.renew()
      renewing = renewal
      const over = (): void => {
        renewing = undefined
      }
      renewal.then(over, over)
    }
    return select(await renewing, alg, kid, issuer)
  }

  return {
    async find(alg, kid, issuer) {
      const loadsBefore = loads
      const found = select(await keys.get(), alg, kid, issuer)
      // A set that came just now would be the same again.
      return found.length > 0 || loads > loadsBefore ? found : findRenewed(alg, kid, issuer)
    },
    findRenewed,
  }
}

/** Refills with time, by the injected clock. */
function createAllowance(clock: Clock, { burst, everyMs }: { burst: number; everyMs: number }) {
  let left = burst
  let counted = clock.now()
  return {
    take(): boolean {
      const elapsed = clock.now() - counted
      if (elapsed < 0) counted = clock.now()
      const refill = Math.floor(Math.max(elapsed, 0) / everyMs)
      if (refill > 0) {
        left = Math.min(burst, left + refill)
        counted += refill * everyMs
      }
      if (left === 0) return false
      left--
      return true
    },
  }
}

interface PublishedKey {
  jwk: JsonObject
  /** Imported when first asked for; null when it cannot be used. */
  key?: KeyObject | null
}

/** @throws UpstreamError `provider_error`: `jwks_malformed` */
function parseKeySet(body: JsonObject): PublishedKey[] {
  if (!Array.isArray(body.keys) || body.keys.length > maxKeys) throw fault('jwks_malformed')
  return body.keys.filter(isObject).map((jwk) => ({ jwk }))
}

function selected(published: PublishedKey[], alg: string, kid: string | undefined): KeyObject[] {
  const found: KeyObject[] = []
  for (const entry of published) {
    if (!fits(entry.jwk, alg, kid)) continue
    if (entry.key === undefined) entry.key = importKey(entry.jwk)
    if (entry.key !== null) found.push(entry.key)
    if (found.length === maxTried) break
  }
  return found
}

/** RFC 7517 section 4: type, curve, use, operations and algorithm, where the key names them. */
function fits(jwk: JsonObject, alg: string, kid: string | undefined): boolean {
  const algorithm = signatureAlgorithm(alg)
  if (algorithm === undefined || jwk.kty !== algorithm.kty) return false
  if (algorithm.crv !== undefined && jwk.crv !== algorithm.crv) return false
  if (kid !== undefined && jwk.kid !== kid) return false
  if (jwk.use !== undefined && jwk.use !== 'sig') return false
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
    return false
  if (jwk.alg === undefined || jwk.alg === alg) return true
  // RFC 9864 gave Ed25519 a second name.
  return algorithm.kty === 'OKP' && (jwk.alg === 'EdDSA' || jwk.alg === 'Ed25519')
}

/** Only the public members are looked at. RSA below 2,048 bits is refused, above 8,192 it is a waste of time. */
function importKey({ kty, n, e, crv, x, y }: JsonObject): KeyObject | null {
  const jwk: JsonWebKey = {}
  for (const [name, value] of Object.entries({ kty, n, e, crv, x, y })) {
    if (value === undefined) continue
    if (typeof value !== 'string') return null
    jwk[name] = value
  }
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    return bits === undefined || (bits >= 2048 && bits <= 8192) ? key : null
  } catch {
    return null
  }
}
