import { createHmac, randomBytes } from 'node:crypto'

/** Gives a new identifier at each call: 256 bits, base64url, 43 characters. */
export type Ids = () => string

/**
 * Codes, tokens and grant ids. With a seed the n-th call gives the same value in every run, so that a test's output
 * can be compared byte for byte; without one they are random.
 */
export const createIds = (seed?: string): Ids => {
  if (seed === undefined) return () => randomBytes(32).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return createHmac('sha256', seed).update(String(count)).digest('base64url')
  }
}
