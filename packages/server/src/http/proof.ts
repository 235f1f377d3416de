import {
  createProofKeys,
  createReplayCache,
  DpopError,
  defaultDpopAlgorithms,
  verifyDpopProof,
} from '@latchkey/verify/dpop'
import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import type { DpopNonces } from '../session/index.ts'

/** The `algs` of a DPoP challenge (RFC 9449 section 7.1). */
export const dpopAlgs = `algs="${defaultDpopAlgorithms.join(' ')}"`

/** How long a proof with a fresh server nonce may differ from our clock, in seconds: the nonce is the proof of freshness. */
const secondsWithNonce = 90_000
/** A browser shows the same key again every few minutes; importing it is a third of what a proof costs. */
const mostKeys = 4096
/** Longer than any nonce lives, in milliseconds. */
const rememberedMs = 480_000

/** Checks the DPoP proofs (RFC 9449) of requests to our own endpoints. */
export interface ProofChecker {
  /**
   * At the token endpoint, with a server nonce. The thumbprint of the key that signed, or undefined without a proof.
   * @throws ApiError `invalid_dpop_proof`, `use_dpop_nonce`
   */
  atToken(header: string | undefined): Promise<string | undefined>
  /**
   * At the pushed authorization endpoint, without a nonce: it binds a code that needs another proof. The thumbprint.
   * @throws ApiError `invalid_dpop_proof`
   */
  atPar(header: string): Promise<string>
  /**
   * Where an access token is presented, without a nonce.
   * @throws ApiError `invalid_dpop_proof`, status 401
   */
  withAccessToken(
    header: string | undefined,
    request: { method: string; htu: string; accessToken: string; jkt: string },
  ): Promise<void>
}

export function createProofChecker(deps: {
  clock: Clock
  nonces: DpopNonces
  tokenEndpoint: string
  parEndpoint: string
  /** Proofs remembered at once for each of the two uses. Default: the replay cache's. */
  mostRemembered?: number
}): ProofChecker {
  const { clock, nonces, tokenEndpoint, parEndpoint, mostRemembered } = deps
  const bound = mostRemembered === undefined ? {} : { maxEntries: mostRemembered }
  // In this process alone: at the token endpoint a code is single-use and a refresh token yields one successor, so a
  // replay that reaches another process gains nothing. One for each use, because anybody may fill the token endpoint's,
  // and a full one refuses what expires soonest: all that comes with an access token.
  const seenAtToken = createReplayCache({ clock, ...bound })
  const seenWithAccessToken = createReplayCache({ clock, ...bound })
  const keys = createProofKeys(mostKeys)

  return {
    async atToken(header) {
      if (header === undefined) return
      try {
        const proof = await verifyDpopProof(header, {
          htm: 'POST',
          htu: tokenEndpoint,
          now: clock.now(),
          maxAgeSeconds: secondsWithNonce,
          nonce: (nonce) => nonces.isFresh(nonce),
          keys,
        })
        if (!seenAtToken.firstUse(proof.jkt, proof.jti, clock.now() + rememberedMs))
          throw refusal('The DPoP proof was used before.', 400)
        return proof.jkt
      } catch (error) {
        if (!(error instanceof DpopError)) throw error
        if (error.code === 'use_dpop_nonce') {
          throw new ApiError('use_dpop_nonce', {
            status: 400,
            description: 'The proof must carry the nonce from the DPoP-Nonce header.',
          })
        }
        throw refusal('The DPoP proof is not valid.', 400, error)
      }
    },

    async atPar(header) {
      try {
        // Not remembered: whoever plays it again binds a code to a key that is not theirs.
        return (await verifyDpopProof(header, { htm: 'POST', htu: parEndpoint, now: clock.now() })).jkt
      } catch (error) {
        if (!(error instanceof DpopError)) throw error
        throw refusal('The DPoP proof is not valid.', 400, error)
      }
    },

    async withAccessToken(header, { method, htu, accessToken, jkt }) {
      if (header === undefined) throw refusal('The DPoP proof is missing.', 401)
      try {
        const proof = await verifyDpopProof(header, {
          htm: method,
          htu,
          now: clock.now(),
          accessToken,
          jkt,
          keys,
        })
        if (!seenWithAccessToken.firstUse(proof.jkt, proof.jti, proof.expiresAt))
          throw refusal('The DPoP proof was used before.', 401)
      } catch (error) {
        if (!(error instanceof DpopError)) throw error
        throw refusal('The DPoP proof is not valid.', 401, error)
      }
    },
  }
}

const refusal = (description: string, status: 400 | 401, error?: DpopError): ApiError =>
  new ApiError('invalid_dpop_proof', {
    status,
    description,
    ...(status === 401
      ? { headers: { 'WWW-Authenticate': `DPoP error="invalid_dpop_proof", ${dpopAlgs}` } }
      : {}),
    ...(error === undefined ? {} : { detail: error.reason }),
  })
