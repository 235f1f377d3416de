import { DpopError } from './dpop/error.ts'
import { verifyDpopProof } from './dpop/proof.ts'
import { createProofKeys } from './dpop/proof-keys.ts'
import { createReplayCache } from './dpop/replay.ts'
import { createKeySet, KeysUnavailable } from './keys/key-set.ts'
import { loadKeys } from './keys/load.ts'
import { readOptions, type VerifierOptions } from './options.ts'
import { type Challenger, createChallenger, type Scheme } from './request/challenge.ts'
import {
  type Credentials,
  type IncomingRequest,
  readCredentials,
  readHeader,
  requestTarget,
} from './request/read.ts'
import { assertRequirements, checkRequirements, type Requirements } from './request/requirements.ts'
import { createFollower, type RevocationsState } from './revocations/follow.ts'
import { loadPage } from './revocations/load.ts'
import { Refused } from './token/check.ts'
import type { Verified } from './token/verified.ts'
import { createTokenVerifier } from './token/verify-token.ts'

export type Verifier = {
  /**
   * Authenticates a request: its access token (RFC 9068) and, for a bound token, the DPoP proof (RFC 9449 section 7).
   * Asking again about the same request object, as two middlewares in a row do, is not a replay.
   *
   * @throws VerifyError; TypeError for requirements that could not be enforced
   */
  verify(request: IncomingRequest, requirements?: Requirements): Promise<Verified>
  /**
   * Verifies an access token alone. That whoever sent it may use it (the scheme, the DPoP proof) is **not** checked:
   * for a token that was received over a channel which did, such as a queue.
   *
   * @throws VerifyError
   */
  verifyToken(jwt: string): Promise<Verified>
  /**
   * Checks further requirements of a request that was verified, such as a scope that depends on its body.
   *
   * @throws VerifyError 403 `insufficient_scope`, 401 `insufficient_user_authentication`
   */
  require(verified: Verified, requirements: Requirements): void
  /** How following the ended sessions goes; absent without the option `revocations`. */
  readonly revocations?: {
    state(): RevocationsState
    /** Asks for them now, beside the regular times. One attempt at a time. Never rejects: the state tells how it went. */
    refresh(): Promise<RevocationsState>
  }
  /**
   * Ends what goes on in the background: following the ended sessions. Those that are known are refused still, and
   * verifying goes on.
   */
  close(): void
}

type Taken = { readonly htm: string; readonly htu: string; readonly token: string; readonly proof: string }

/** How many imported DPoP keys to remember. */
const maxKeys = 2_000

/**
 * Makes what a service needs to trust Latchkey's access tokens. It fetches the issuer's public keys when the first
 * token comes and keeps them, and follows the ended sessions from then on where that was asked for; nothing else leaves
 * the process. One verifier serves all requests.
 *
 * @throws TypeError when an option is missing, unknown or cannot be kept
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const config = readOptions(options)
  const { clock, toleranceMs, isRevoked } = config
  const keys = createKeySet(() => loadKeys(config.jwksUri, config))
  const verifyKnown = createTokenVerifier(config, keys, config.seenTokens)
  const replay = config.replay ?? createReplayCache({ clock })
  const proofKeys = createProofKeys(maxKeys)
  const ended = follow(config)
  const refuse = createChallenger(
    config.dpop === 'required' ? ['DPoP'] : ['DPoP', 'Bearer'],
    config.dpopAlgorithms,
  )
  // Requests whose proof has been taken, by identity, with what was taken.
  const proven = new WeakMap<object, Taken>()

  async function checkJwt(jwt: string, now: number): Promise<Verified> {
    const verified = await verifyKnown(jwt, now)
    if (ended !== undefined && verified.sessionId !== undefined) {
      if (!ended.begun()) await ended.begin()
      ended.check(verified.sessionId, now)
    }
    if (isRevoked && (await ask(() => isRevoked(verified.claims)))) throw new Refused('revoked')
    return verified
  }

  async function checkPossession(
    request: IncomingRequest,
    { scheme, token }: Credentials,
    { jkt }: Verified,
    now: number,
  ): Promise<void> {
    if (jkt === undefined) {
      if (scheme === 'DPoP' || config.dpop === 'required') throw new Refused('not_bound')
      return
    }
    if (scheme !== 'DPoP') throw new Refused('downgrade')
    const [proof, ...others] = readHeader(request, 'dpop')
    if (proof === undefined || others.length > 0) throw new Refused('proof_missing')

    const htm = request.method ?? ''
    const htu = config.baseUrl + requestTarget(request)
    const taken = { htm, htu, token, proof }
    if (isSame(proven.get(request), taken)) return
    const { jti, expiresAt } = await checkProof(proof, { htm, htu, now, accessToken: token, jkt })
    if (!(await ask(() => replay.firstUse(jkt, jti, expiresAt)))) throw new Refused('proof_replayed')
    proven.set(request, taken)
  }

  async function checkProof(
    proof: string,
    expected: { htm: string; htu: string; now: number; accessToken: string; jkt: string },
  ) {
    try {
      return await verifyDpopProof(proof, {
        ...expected,
        maxAgeSeconds: config.proofMaxAgeSeconds,
        algorithms: config.dpopAlgorithms,
        keys: proofKeys,
      })
    } catch (error) {
      if (!(error instanceof DpopError)) throw error
      throw new Refused(error.reason === 'jkt' ? 'proof_key' : 'proof_invalid', error)
    }
  }

  return {
    async verify(request, requirements = {}) {
      assertRequirements(requirements)
      const now = clock.now()
      let scheme: Scheme | undefined
      try {
        const credentials = readCredentials(request)
        scheme = credentials.scheme
        const verified = await checkJwt(credentials.token, now)
        if (verified.jkt !== undefined) scheme = 'DPoP'
        await checkPossession(request, credentials, verified, now)
        checkRequirements(verified, requirements, toleranceMs, now)
        return verified
      } catch (error) {
        throw toVerifyError(error, refuse, scheme, requirements)
      }
    },
    async verifyToken(jwt) {
      try {
        return await checkJwt(jwt, clock.now())
      } catch (error) {
        throw toVerifyError(error, refuse)
      }
    },
    ...(ended === undefined ? {} : { revocations: { state: ended.state, refresh: ended.refresh } }),
    close: () => ended?.close(),
    require(verified, requirements) {
      assertRequirements(requirements)
      try {
        checkRequirements(verified, requirements, toleranceMs, clock.now())
      } catch (error) {
        throw toVerifyError(error, refuse, verified.jkt === undefined ? 'Bearer' : 'DPoP', requirements)
      }
    },
  }
}

function follow({ revocations, clock, fetch, timeoutMs }: ReturnType<typeof readOptions>) {
  if (revocations === undefined) return undefined
  return createFollower(
    { ...revocations, timeoutMs },
    {
      clock,
      load: (cursor, now, stop) => loadPage(cursor, { ...revocations, fetch, timeoutMs, now, stop }),
    },
  )
}

function isSame(a: Taken | undefined, b: Taken): boolean {
  return a?.proof === b.proof && a.token === b.token && a.htm === b.htm && a.htu === b.htu
}

/** A check of the caller's that cannot be made is not one that passed. */
async function ask(check: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await check()
  } catch (error) {
    throw new Refused('check_unavailable', error)
  }
}

function toVerifyError(
  error: unknown,
  refuse: Challenger,
  scheme?: Scheme,
  requirements?: Requirements,
): unknown {
  if (error instanceof KeysUnavailable) return refuse('keys_unavailable', { cause: error })
  if (error instanceof Refused) return refuse(error.reason, { scheme, requirements, cause: error.cause })
  return error
}
