import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { WrapKey } from './data-key.ts'

/** A KMS by RFC 3394 (AES key wrap), which takes whole keys only, as an HSM does. */
export interface TestKms extends WrapKey {
  /** While set, it does not answer well. */
  mood: 'well' | 'out' | 'another key'
  /** How often it was asked to unwrap. */
  unwraps: number
}

export function testKms(): TestKms {
  const master = randomBytes(32)
  const iv = Buffer.alloc(8, 0xa6)
  const kms: TestKms = {
    ...{ mood: 'well', unwraps: 0 },
    async wrap(key) {
      if (kms.mood === 'out') throw new Error('the KMS is out')
      const cipher = createCipheriv('id-aes256-wrap', master, iv)
      return Buffer.concat([cipher.update(key), cipher.final()])
    },
    async unwrap(wrapped) {
      kms.unwraps++
      if (kms.mood === 'out') throw new Error('the KMS is out')
      if (kms.mood === 'another key') return randomBytes(32)
      const decipher = createDecipheriv('id-aes256-wrap', master, iv)
      return Buffer.concat([decipher.update(wrapped), decipher.final()])
    },
  }
  return kms
}
