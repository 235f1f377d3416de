import { randomFillSync } from 'node:crypto'

/**
 * Random bytes from the system's generator, drawn 4 KiB at a time: asking for a few at once costs ten times as much,
 * and a sign-in asks a dozen times. Each byte is handed out once and wiped here as it goes. The one state of a module
 * in this house: there is nothing in it to configure, to test against or to share.
 */
const pool = Buffer.alloc(4096)
let used = pool.length

export function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + count))
  pool.fill(0, used, used + count)
  used += count
  return bytes
}

/** In [0, 1), evenly: for jitter. */
export const randomFraction = (): number => randomBytes(4).readUInt32BE() / 2 ** 32
