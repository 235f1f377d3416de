import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import { randomBytes } from '../random.ts'
import { fromBase64url } from './base64url.ts'

/**
 * What the configured secrets are used for. Each purpose has keys of its own (HKDF, RFC 5869), so that a value made
 * for one never opens as another.
 */
export type Purpose =
  | 'journey'
  | 'browser-binding'
  | 'chooser'
  | 'pushed-request'
  | 'form-post'
  | 'signing-key'
  | 'refresh-token'
  | 'dpop-nonce'
  | 'upstream-id-token'
  | 'departure'
  | 'vault'

/** Authenticated encryption under the configured secrets: the first seals, all open. */
export interface Sealer {
  /** AES-256-GCM with a random IV; canonical base64url. `aad` names the place the value belongs to. */
  seal(plaintext: Uint8Array, aad: string): string
  /** Undefined for anything not sealed by one of the secrets for this purpose and this `aad`. */
  open(sealed: string, aad: string): Buffer | undefined
  /** Whether the first secret sealed it, as far as its header tells: else it is to be sealed anew. */
  isCurrent(sealed: string): boolean
  /** Names the secret that seals now, for this purpose; 8 hex digits that tell nothing about it. */
  readonly keyId: string
  /** Names the secret that sealed it, known here or not, as far as its header tells. Undefined for what no sealer made. */
  keyIdOf(sealed: string): string | undefined
  /** Whether a secret of that name is among the configured ones. */
  knows(keyId: string): boolean
}

/** HMAC-SHA-256 under the configured secrets: the first signs, all verify. */
export interface Mac {
  sign(data: string): Buffer
  /** `length`: how many bytes of it were kept, where it was cut short on purpose. Default: all 32. */
  verify(data: string, mac: Uint8Array, length?: number): boolean
}

export interface Keyring {
  sealer(purpose: Purpose): Sealer
  mac(purpose: Purpose): Mac
}

const version = 1
const keyIdBytes = 4
const ivBytes = 12
const tagBytes = 16
const headerBytes = 1 + keyIdBytes

const isSealed = (bytes: Buffer | undefined): bytes is Buffer =>
  bytes !== undefined && bytes.length >= headerBytes + ivBytes + tagBytes && bytes[0] === version

export function createKeyring(secrets: readonly Uint8Array[]): Keyring {
  if (secrets.length === 0) throw new TypeError('a keyring needs at least one secret')

  const derive = (secret: Uint8Array, info: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), `latchkey/v1/${info}`, length))
  const keysFor = (info: string): readonly [KeyObject, ...KeyObject[]] => {
    const [first, ...rest] = secrets.map((secret) => createSecretKey(derive(secret, info, 32)))
    if (first === undefined) throw new TypeError('a keyring needs at least one secret')
    return [first, ...rest]
  }

  return {
    sealer(purpose) {
      const keys = keysFor(`seal/${purpose}`)
      const ids = secrets.map((secret) => derive(secret, `key-id/${purpose}`, keyIdBytes))
      const header = Buffer.concat([Buffer.of(version), ...ids.slice(0, 1)])
      const names = ids.map((id) => id.toString('hex'))
      return {
        keyId: header.toString('hex', 1),
        keyIdOf(sealed) {
          const bytes = fromBase64url(sealed)
          return isSealed(bytes) ? bytes.toString('hex', 1, headerBytes) : undefined
        },
        knows: (keyId) => names.includes(keyId),
        seal(plaintext, aad) {
          const iv = randomBytes(ivBytes)
          const cipher = createCipheriv('aes-256-gcm', keys[0], iv)
          cipher.setAAD(Buffer.from(aad))
          const sealed = [header, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]
          return Buffer.concat(sealed).toString('base64url')
        },
        isCurrent: (sealed) => fromBase64url(sealed)?.subarray(0, headerBytes).equals(header) === true,
        open(sealed, aad) {
          const bytes = fromBase64url(sealed)
          if (!isSealed(bytes)) return
          const id = bytes.subarray(1, headerBytes)
          const iv = bytes.subarray(headerBytes, headerBytes + ivBytes)
          const ciphertext = bytes.subarray(headerBytes + ivBytes, -tagBytes)
          for (const [index, key] of keys.entries()) {
            if (!ids[index]?.equals(id)) continue
            const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
            decipher.setAAD(Buffer.from(aad))
            decipher.setAuthTag(bytes.subarray(-tagBytes))
            try {
              return Buffer.concat([decipher.update(ciphertext), decipher.final()])
            } catch {
              // Not ours, or changed on the way.
            }
          }
          return
        },
      }
    },

    mac(purpose) {
      const keys = keysFor(`mac/${purpose}`)
      const tag = (key: KeyObject, data: string) => createHmac('sha256', key).update(data).digest()
      return {
        sign: (data) => tag(keys[0], data),
        verify: (data, mac, length = 32) =>
          mac.length === length &&
          keys.some((key) => timingSafeEqual(tag(key, data).subarray(0, length), mac)),
      }
    },
  }
}
