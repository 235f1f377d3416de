import type { JWK } from 'jose'
import { generateSigningKey, generateStrangersKey, type SigningKey } from './signing-key.ts'

export interface KeyRing {
  /** Signs from now on. */
  readonly active: SigningKey
  /** A key that the provider never published, under the genuine `kid`. */
  readonly stranger: SigningKey
  /** RFC 7517 key set: the active key first, then the earlier ones still published. */
  published(): { keys: JWK[] }
  /** A fresh key signs from now on; the earlier ones stay published unless `drop` is true. */
  rotate(options?: { drop?: boolean }): Promise<void>
}

export const createKeyRing = (first: SigningKey): KeyRing => {
  let keys: [SigningKey, ...SigningKey[]] = [first]
  let stranger: SigningKey | undefined
  return {
    get active() {
      return keys[0]
    },
    get stranger() {
      if (stranger?.kid !== keys[0].kid) stranger = generateStrangersKey(keys[0])
      return stranger
    },
    published: () => ({ keys: keys.map((key) => key.publicJwk) }),
    rotate: async (options = {}) => {
      const next = await generateSigningKey(keys[0].alg)
      keys = options.drop === true ? [next] : [next, ...keys]
    },
  }
}
