import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { fromDer, generateSigningKey, openSigningKey } from './signing-key.ts'

const sealer = createKeyring([randomBytes(32)]).sealer('signing-key')

describe.each(['ES256', 'EdDSA', 'RS256'] as const)('%s', async (algorithm) => {
  const stored = await generateSigningKey(algorithm, sealer, 1)
  const key = openSigningKey(stored, sealer)

  it('A27 signs what jose verifies', async () => {
    if (key === undefined) throw new Error('the key did not open')
    const publicKey = await importJWK(key.publicJwk)
    for (let round = 0; round < 40; round++) {
      const { payload, protectedHeader } = await jwtVerify(key.sign('at+jwt', { round, ü: 'ö' }), publicKey)
      expect(payload).toEqual({ round, ü: 'ö' })
      expect(protectedHeader).toEqual({ alg: algorithm, typ: 'at+jwt', kid: stored.kid })
    }
  })

  it('X10 publishes and stores no private member in the open', () => {
    const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']
    expect(Object.keys(key?.publicJwk ?? {}).filter((name) => secret.includes(name))).toEqual([])
    expect(Object.keys(JSON.parse(stored.publicJwk)).filter((name) => secret.includes(name))).toEqual([])
  })

  it('does not open under another secret or another kid', () => {
    expect(openSigningKey(stored, createKeyring([randomBytes(32)]).sealer('signing-key'))).toBeUndefined()
    expect(openSigningKey({ ...stored, kid: 'other' }, sealer)).toBeUndefined()
  })
})

it('reads every DER signature, short and padded integers included', () => {
  const integer = fc.uint8Array({ minLength: 1, maxLength: 32 })
  fc.assert(
    fc.property(integer, integer, (r, s) => {
      const parts = [r, s].map((value) => {
        let digits = Buffer.from(value)
        while (digits.length > 1 && digits[0] === 0) digits = digits.subarray(1)
        if ((digits[0] ?? 0) >= 0x80) digits = Buffer.concat([Buffer.of(0), digits])
        return Buffer.concat([Buffer.of(2, digits.length), digits])
      })
      const body = Buffer.concat(parts)
      const raw = fromDer(Buffer.concat([Buffer.of(0x30, body.length), body]))
      expect(raw.subarray(32 - r.length, 32)).toEqual(Buffer.from(r))
      expect(raw.subarray(64 - s.length)).toEqual(Buffer.from(s))
    }),
  )
})
