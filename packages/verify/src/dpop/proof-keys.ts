import type { KeyObject } from 'node:crypto'
import { type BoundedMap, createBoundedMap } from '../bounded-map.ts'
import type { Algorithm } from '../jws/algorithm.ts'
import type { PublicJwk } from '../jws/jwk.ts'

/** What the header of a proof that passed says, and its key ready for use. */
export type ProofKey = {
  readonly alg: Algorithm
  readonly jwk: PublicJwk
  /** The RFC 7638 thumbprint. */
  readonly jkt: string
  readonly publicKey: KeyObject
}

/**
 * The keys of proofs that passed, at most `maxKeys` (about 3 kB each), for `DpopExpectation.keys`. It forgets what was
 * not used lately.
 */
export const createProofKeys = (maxKeys: number): BoundedMap<ProofKey> => createBoundedMap(maxKeys)
