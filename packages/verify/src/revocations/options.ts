import { type Authenticate, createAuthenticate } from '../authenticate.ts'
import { assertFunction, assertNames, within } from '../option.ts'
import { configuredUrl } from '../url.ts'
import type { RevocationsState } from './follow.ts'

export type RevocationsOptions = {
  /** The service's id, as in the `services` of Latchkey's configuration. */
  readonly id: string
  /** Its secret there. Either this or `privateKey`. */
  readonly secret?: string
  /** The private JWK to one of its `jwks` there: on P-256, P-384 or Ed25519, or RSA. `kid` and `alg` are used. */
  readonly privateKey?: { readonly [member: string]: unknown }
  /** How often to ask, in seconds: 1 to 300, default 5. So long, at most, an ended session's tokens still pass. */
  readonly everySeconds?: number
  /**
   * When the feed has not been read for so long, or never, requests are refused with 503: more than `everySeconds`, at most a
   * day. Default: an outage refuses nobody, and tokens of sessions that end meanwhile pass until they expire.
   */
  readonly maxStaleSeconds?: number
  /** How many ended sessions to remember; default 100,000, some 15 MB. Beyond, those that ended first are forgotten first. */
  readonly maxSessions?: number
  /** Told when following fails, when it works again, and when sessions had to be forgotten: for logs and metrics. */
  readonly onState?: (state: RevocationsState) => void
  /** Where the feed is, if not at `{issuer}/revocations`. */
  readonly uri?: string
}

export type RevocationsConfig = {
  readonly uri: string
  readonly authenticate: Authenticate
  readonly everyMs: number
  readonly maxStaleMs: number
  readonly maxSessions: number
  readonly onState: ((state: RevocationsState) => void) | undefined
}

const names: readonly string[] = [
  'id',
  'secret',
  'privateKey',
  'everySeconds',
  'maxStaleSeconds',
  'maxSessions',
  'onState',
  'uri',
] satisfies (keyof RevocationsOptions)[]

/** @throws TypeError naming the option */
export function readRevocations(options: RevocationsOptions, issuer: string): RevocationsConfig {
  if (typeof options !== 'object' || options === null) throw new TypeError('revocations must be an object')
  assertNames(options, names, 'revocations.')
  const { onState } = options
  if (onState !== undefined) assertFunction('revocations.onState', onState)
  const uri = options.uri ?? `${issuer.replace(/\/$/, '')}/revocations`
  configuredUrl('revocations.uri', uri)
  const everySeconds = within('revocations.everySeconds', options.everySeconds ?? 5, 1, 300)
  const { maxStaleSeconds } = options
  return {
    uri,
    authenticate: createAuthenticate(options, issuer, 'revocations.'),
    everyMs: everySeconds * 1000,
    maxStaleMs:
      maxStaleSeconds === undefined
        ? Number.POSITIVE_INFINITY
        : within('revocations.maxStaleSeconds', maxStaleSeconds, everySeconds + 1, 86_400) * 1000,
    maxSessions: within('revocations.maxSessions', options.maxSessions ?? 100_000, 1, 10_000_000),
    onState,
  }
}
