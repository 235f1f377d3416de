import { defaultDpopAlgorithms } from './dpop/proof.ts'
import { type Algorithm, isAlgorithm } from './jws/algorithm.ts'
import { assertFunction, assertNames, within } from './option.ts'
import { type RevocationsOptions, readRevocations } from './revocations/options.ts'
import type { AccessTokenClaims } from './token/claims.ts'
import { configuredUrl } from './url.ts'

export type VerifierOptions = {
  /** Latchkey's issuer URL, exactly as configured there; it may have a path. The keys come from `{issuer}/jwks`. */
  readonly issuer: string
  /** This service: what `aud` must contain, or several of which one suffices. Compared exactly. */
  readonly audience: string | readonly string[]
  /**
   * What stands before the path that this service sees, as clients see it: `https://api.example.com`, or with a path
   * where a proxy strips one. DPoP proofs are compared with it, never with `Host`. Default: the origin of `audience`,
   * if that is a URL.
   */
  readonly baseUrl?: string
  /** `optional` (default): a bound token needs its proof, an unbound one passes as Bearer. `required`: bound ones only. */
  readonly dpop?: 'optional' | 'required'
  /** Algorithms that access tokens may be signed with. Default: ES256, EdDSA, Ed25519, RS256. */
  readonly algorithms?: readonly Algorithm[]
  /** Algorithms for DPoP proofs. Default: ES256, EdDSA, Ed25519. */
  readonly dpopAlgorithms?: readonly Algorithm[]
  /** How far this machine's clock may be off, in seconds: 0 to 60, default 30. */
  readonly clockToleranceSeconds?: number
  /** How old (or early) a proof may be, in seconds: 1 to 300, default 60. */
  readonly proofMaxAgeSeconds?: number
  /** How many verified tokens to remember; default 10,000; 0 remembers none. */
  readonly seenTokens?: number
  /**
   * Remembers proofs, so that each is taken once. Default: in this process's memory. Several processes that share it
   * (an atomic set-if-absent until `expiresAt`, in milliseconds) refuse each other's replays too. Throwing refuses.
   */
  readonly replay?: { firstUse(jkt: string, jti: string, expiresAt: number): boolean | Promise<boolean> }
  /** Asked on each verification of a valid token; `true` refuses it, throwing refuses it with 503. Default: none is. */
  readonly isRevoked?: (claims: AccessTokenClaims) => boolean | Promise<boolean>
  /**
   * Follows which sessions have ended, in the background, and refuses their tokens from then on instead of taking them
   * until they expire. The service authenticates there: an entry of `services` in Latchkey's configuration. Default: it
   * does not follow. `close()` ends it.
   */
  readonly revocations?: RevocationsOptions
  /** Where the keys are, if not at `{issuer}/jwks`. */
  readonly jwksUri?: string
  /** How long fetching the keys may take, in seconds; default 5. */
  readonly timeoutSeconds?: number
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds; default: `Date`. */
  readonly clock?: { now(): number }
}

const names: readonly string[] = [
  'issuer',
  'audience',
  'baseUrl',
  'dpop',
  'algorithms',
  'dpopAlgorithms',
  'clockToleranceSeconds',
  'proofMaxAgeSeconds',
  'seenTokens',
  'replay',
  'isRevoked',
  'revocations',
  'jwksUri',
  'timeoutSeconds',
  'fetch',
  'clock',
] satisfies (keyof VerifierOptions)[]

const defaultAlgorithms: readonly Algorithm[] = ['ES256', 'EdDSA', 'Ed25519', 'RS256']

/**
 * Checks the options and fills in the defaults. A verifier that was asked for something it cannot keep must not exist.
 *
 * @throws TypeError naming the option
 */
export function readOptions(options: VerifierOptions) {
  assertNames(options, names)
  const issuer = options.issuer
  configuredUrl('issuer', issuer)
  const audiences = texts(
    'audience',
    typeof options.audience === 'string' ? [options.audience] : options.audience,
  )
  const jwksUri = options.jwksUri ?? `${issuer.replace(/\/$/, '')}/jwks`
  configuredUrl('jwksUri', jwksUri)
  const dpop = options.dpop ?? 'optional'
  if (dpop !== 'optional' && dpop !== 'required') throw new TypeError('dpop must be "optional" or "required"')
  const { fetch = globalThis.fetch, clock = Date, replay, isRevoked } = options
  assertFunction('fetch', fetch)
  assertFunction('clock.now', clock.now)
  if (replay !== undefined) assertFunction('replay.firstUse', replay.firstUse)
  if (isRevoked !== undefined) assertFunction('isRevoked', isRevoked)
  return {
    issuer,
    audiences,
    jwksUri,
    baseUrl: readBaseUrl(options.baseUrl, audiences),
    dpop,
    algorithms: algorithms('algorithms', options.algorithms ?? defaultAlgorithms),
    dpopAlgorithms: algorithms('dpopAlgorithms', options.dpopAlgorithms ?? defaultDpopAlgorithms),
    toleranceMs: within('clockToleranceSeconds', options.clockToleranceSeconds ?? 30, 0, 60) * 1000,
    proofMaxAgeSeconds: within('proofMaxAgeSeconds', options.proofMaxAgeSeconds ?? 60, 1, 300),
    seenTokens: within('seenTokens', options.seenTokens ?? 10_000, 0, 10_000_000),
    timeoutMs: within('timeoutSeconds', options.timeoutSeconds ?? 5, 0.001, 60) * 1000,
    revocations: options.revocations === undefined ? undefined : readRevocations(options.revocations, issuer),
    ...{ fetch, clock, replay, isRevoked },
  }
}

function readBaseUrl(baseUrl: string | undefined, audiences: readonly string[]): string {
  if (baseUrl !== undefined) {
    const { origin, pathname } = configuredUrl('baseUrl', baseUrl)
    return origin + pathname.replace(/\/$/, '')
  }
  const origins = new Set(audiences.map((audience) => URL.parse(audience)?.origin ?? 'null'))
  const [origin = ''] = origins
  if (origins.size !== 1 || !/^https?:/.test(origin)) {
    throw new TypeError(
      'baseUrl is needed, because audience is not one URL: the address at which clients call this service',
    )
  }
  return configuredUrl('audience', origin).origin
}

function algorithms(option: string, list: readonly unknown[]): readonly Algorithm[] {
  if (!Array.isArray(list) || list.length === 0) throw new TypeError(`${option} must be a list of algorithms`)
  return list.map((alg: unknown) => {
    if (!isAlgorithm(alg)) throw new TypeError(`${option} holds what is not a supported asymmetric algorithm`)
    return alg
  })
}

function texts(option: string, list: unknown): readonly string[] {
  if (
    !Array.isArray(list) ||
    list.length === 0 ||
    !list.every((text) => typeof text === 'string' && text !== '')
  ) {
    throw new TypeError(`${option} must be a text, or a list of texts, that is not empty`)
  }
  return [...list]
}
