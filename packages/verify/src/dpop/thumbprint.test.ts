import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { createKeyPair } from '../verify.fixture.ts'
import { thumbprint } from './thumbprint.ts'

test.each(['ES256', 'ES384', 'EdDSA', 'RS256'] as const)('RFC 7638: as jose has it, %s', async (alg) => {
  const { publicJwk, privateKey } = createKeyPair(alg)
  const expected = await calculateJwkThumbprint({ ...publicJwk })
  expect(thumbprint(publicJwk)).toBe(expected)
  expect(thumbprint({ kid: 'other', use: 'sig', ...publicJwk })).toBe(expected)
  expect(thumbprint(privateKey.export({ format: 'jwk' }))).toBe(expected)
})

test('RFC 8037 appendix A.3', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  expect(thumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
})

test.each([{}, [], { kty: 'oct', k: 'AA' }, { kty: 'EC', crv: 'P-256', x: 'A', y: 'A' }])(
  'refuses %o',
  (jwk) => {
    expect(() => thumbprint(jwk)).toThrow(TypeError)
  },
)
