import type { Clock } from '../clock.ts'
import type { Mac } from '../sealing/index.ts'
import { fromBase64url } from '../sealing/index.ts'

/** 144 bits of the MAC are enough for a few minutes. */
const macBytes = 18
/** A nonce is taken for at least one and at most two of these. */
const bucketMs = 120_000

/**
 * Server nonces for DPoP proofs (RFC 9449 section 8) without a store: the time in steps of two minutes and its MAC.
 * Every process with the same secrets takes those of all others.
 */
export interface DpopNonces {
  current(): string
  isFresh(nonce: string | undefined): boolean
}

export function createDpopNonces(mac: Mac, clock: Clock): DpopNonces {
  const bucketNow = () => Math.floor(clock.now() / bucketMs)
  let made = { bucket: -1, nonce: '' }
  const nonceOf = (bucket: number) => {
    const time = Buffer.alloc(4)
    time.writeUInt32BE(bucket)
    return Buffer.concat([time, mac.sign(`nonce:${bucket}`).subarray(0, macBytes)]).toString('base64url')
  }
  return {
    current() {
      const bucket = bucketNow()
      if (made.bucket !== bucket) made = { bucket, nonce: nonceOf(bucket) }
      return made.nonce
    },
    isFresh(nonce) {
      const bytes = nonce === undefined ? undefined : fromBase64url(nonce)
      if (bytes?.length !== 4 + macBytes) return false
      const bucket = bytes.readUInt32BE()
      // One ahead, for the other process whose clock is a little faster. Under any of the secrets: while a new one is
      // rolled out, processes differ in which comes first.
      return Math.abs(bucket - bucketNow()) <= 1 && mac.verify(`nonce:${bucket}`, bytes.subarray(4), macBytes)
    },
  }
}
