import { sign } from 'node:crypto'
import type { SigningKey } from '../keys/signing-key.ts'

/** One DER element (ITU-T X.690 section 8.1). */
const element = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents)
  const size = content.length
  const length =
    size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, Math.floor(size / 0x100), size % 0x100]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts)
const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))
const utcTime = (text: string) => element(0x17, Buffer.from(text))

const commonName = sequence(
  element(0x31, sequence(oid('550403'), element(0x0c, Buffer.from('stranger.example')))),
)

const algorithm = {
  RS256: sequence(oid('2a864886f70d01010b'), element(0x05)),
  ES256: sequence(oid('2a8648ce3d040302')),
} as const

/**
 * A self-signed X.509 certificate in DER for the stranger's key: what a relying party that trusts `x5c` or `x5u`
 * would fall for. Version 1, valid from 2020 to 2049, nothing in it but the key.
 */
export const selfSignedCertificate = (key: SigningKey): Buffer => {
  const toBeSigned = sequence(
    element(0x02, Buffer.from([1])),
    algorithm[key.alg],
    commonName,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    commonName,
    key.publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', toBeSigned, key.privateKey)
  return sequence(toBeSigned, algorithm[key.alg], element(0x03, Buffer.from([0]), signature))
}
