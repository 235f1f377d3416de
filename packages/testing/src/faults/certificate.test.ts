import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateSigningKey } from '../keys/signing-key.ts'
import { selfSignedCertificate } from './certificate.ts'

test.each(['RS256', 'ES256'] as const)(
  '%s: a certificate that others can read, signed by its own key',
  async (alg) => {
    const key = await generateSigningKey(alg)
    const certificate = new X509Certificate(selfSignedCertificate(key))
    expect(certificate.subject).toBe('CN=stranger.example')
    expect(certificate.verify(key.publicKey)).toBe(true)
    expect(certificate.publicKey.equals(key.publicKey)).toBe(true)
    expect(certificate.validToDate.getUTCFullYear()).toBe(2049)
  },
)
