import { type Authenticate, createAuthenticate } from '../authenticate.ts'
import { assertFunction, assertNames, within } from '../option.ts'
import { configuredUrl } from '../url.ts'

export type VaultOptions = {
  /** Latchkey's issuer URL, exactly as configured there. */
  readonly issuer: string
  /** This service's id, as in the `services` of Latchkey's configuration. */
  readonly id: string
  /** Its secret there. Either this or `privateKey`. */
  readonly secret?: string
  /** The private JWK to one of its `jwks` there: on P-256, P-384 or Ed25519, or RSA. `kid` and `alg` are used. */
  readonly privateKey?: { readonly [member: string]: unknown }
  /**
   * How long a provider's token is kept here, in seconds: 0 to 3,600, default 300; never beyond its own end. So long, at
   * most, a token is used on that its user has disconnected meanwhile.
   */
  readonly cacheSeconds?: number
  /** How many tokens to keep; default 10,000. */
  readonly maxTokens?: number
  /** How long one call of Latchkey may take, in seconds; default 30: it may have to wait for the provider. */
  readonly timeoutSeconds?: number
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds; default: `Date`. */
  readonly clock?: { now(): number }
}

const names: readonly string[] = [
  'issuer',
  'id',
  'secret',
  'privateKey',
  'cacheSeconds',
  'maxTokens',
  'timeoutSeconds',
  'fetch',
  'clock',
] satisfies (keyof VaultOptions)[]

export type VaultConfig = {
  /** Without a slash at its end. */
  readonly base: string
  readonly authenticate: Authenticate
  readonly cacheMs: number
  readonly maxTokens: number
  readonly timeoutMs: number
  readonly fetch: typeof globalThis.fetch
  readonly clock: { now(): number }
}

/** @throws TypeError naming the option */
export function readVaultOptions(options: VaultOptions): VaultConfig {
  assertNames(options, names)
  const { issuer, fetch = globalThis.fetch, clock = Date } = options
  configuredUrl('issuer', issuer)
  assertFunction('fetch', fetch)
  assertFunction('clock.now', clock.now)
  return {
    base: issuer.replace(/\/$/, ''),
    authenticate: createAuthenticate(options, issuer),
    cacheMs: within('cacheSeconds', options.cacheSeconds ?? 300, 0, 3600) * 1000,
    maxTokens: within('maxTokens', options.maxTokens ?? 10_000, 1, 10_000_000),
    timeoutMs: within('timeoutSeconds', options.timeoutSeconds ?? 30, 0.001, 120) * 1000,
    ...{ fetch, clock },
  }
}
