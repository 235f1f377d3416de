import { createHmac, randomBytes } from 'node:crypto'

/** Gives a new identifier at each call: 256 bits, base64url, 43 characters. */
export type Ids = () => string

/** Drawn from a block at a time: one call to the system for 256 identifiers. */
const randomIds = (): Ids => {
  let block = Buffer.alloc(0)
  return () => {
    if (block.length === 0) block = randomBytes(32 * 256)
    const id = block.toString('base64url', 0, 32)
    block = block.subarray(32)
    return id
  }
}

/**
 * Codes, tokens and grant ids. With a seed the n-th call gives the same value in every run, so that a test's output
 * can be compared byte for byte; without one they are random.
 */
export const createIds = (seed?: string): Ids => {
  if (seed === undefined) return randomIds()
  let count = 0
  return () => {
    count += 1
    return createHmac('sha256', seed).update(String(count)).digest('base64url')
  }
}
