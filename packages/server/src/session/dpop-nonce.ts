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
  // One ahead, for the other process whose clock is a little faster.
  const isNear = (bucket: number) => Math.abs(bucket - bucketNow()) <= 1
  const open = (nonce: string): number | undefined => {
    const bytes = fromBase64url(nonce)
    if (bytes?.length !== 4 + macBytes) return undefined
    const bucket = bytes.readUInt32BE()
    // Under any of the secrets: while a new one is rolled out, processes differ in which comes first.
    const ours = isNear(bucket) && mac.verify(`nonce:${bucket}`, bytes.subarray(4), macBytes)
    return ours ? bucket : undefined
  }
  // All proofs carry the same few nonces, three a secret: each is opened once.
  const opened = new Map<string, number>()
  return {
    current() {
      const bucket = bucketNow()
      if (made.bucket !== bucket) made = { bucket, nonce: nonceOf(bucket) }
      return made.nonce
    },
    isFresh(nonce) {
      if (nonce === undefined) return false
      const known = opened.get(nonce)
      if (known !== undefined) return isNear(known)
      const bucket = open(nonce)
      if (bucket === undefined) return false
      for (const [old, of] of opened) if (!isNear(of)) opened.delete(old)
      opened.set(nonce, bucket)
      return true
    },
  }
}
