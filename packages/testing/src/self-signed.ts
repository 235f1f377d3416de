import { generateKeyPairSync, sign } from 'node:crypto'

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts)
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text))

/**
 * A self-signed P-256 certificate for one DNS name (RFC 5280), valid until 2049: for servers over https in tests. PEM, a
 * fresh key at each call.
 */
export function selfSigned(hostname: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(bytes('06082a8648ce3d040302'))
  const commonName = sequence(bytes('0603550403'), der(0x0c, Buffer.from('test')))
  const name = sequence(der(0x31, commonName))
  const alternativeName = sequence(bytes('0603551d11'), der(0x04, sequence(der(0x82, Buffer.from(hostname)))))
  const certificate = sequence(
    der(0xa0, bytes('020102')),
    bytes('020101'),
    ecdsaWithSha256,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeName)),
  )
  const signature = sign('sha256', certificate, privateKey)
  const whole = sequence(certificate, ecdsaWithSha256, der(0x03, bytes('00'), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
