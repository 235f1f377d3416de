import type { KeyObject } from 'node:crypto'
import { type BoundedMap, createBoundedMap } from '../bounded-map.ts'

/**
 * The keys of proofs that passed, at most `maxKeys` (about 2 kB each), for `DpopExpectation.keys`. It forgets what was
 * not used lately.
 */
export const createProofKeys = (maxKeys: number): BoundedMap<KeyObject> => createBoundedMap(maxKeys)
