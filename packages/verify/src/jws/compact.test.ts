import { describe, expect, test } from 'vitest'
import { encode } from '../verify.fixture.ts'
import { parseCompact } from './compact.ts'

const header = encode({ alg: 'ES256' })
const payload = encode({ sub: 'ü' })

describe('parseCompact', () => {
  test('takes a JWS apart', () => {
    const jws = parseCompact(`${header}.${payload}.AAEC`)
    expect(jws).toEqual({
      header: { alg: 'ES256' },
      payload: { sub: 'ü' },
      signingInput: `${header}.${payload}`,
      signature: Buffer.from([0, 1, 2]),
    })
  })

  test.each([
    ['nothing', ''],
    ['dots alone', '..'],
    ['one segment', header],
    ['two segments', `${header}.${payload}`],
    ['no signature', `${header}.${payload}.`],
    ['no header', `.${payload}.AAEC`],
    ['four segments', `${header}.${payload}.AAEC.`],
    ['five segments, a JWE (CVE-2024-28176)', `${header}.AA.AA.AA.AA`],
    ['a header that is no JSON', `${encode('{')}.${payload}.AAEC`],
    ['a header that is a list', `${encode([])}.${payload}.AAEC`],
    ['a payload that is null', `${header}.${encode('null')}.AAEC`],
    ['a payload that is a text', `${header}.${encode('"x"')}.AAEC`],
    [
      'a payload that is not UTF-8',
      `${header}.${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.AAEC`,
    ],
    ['a byte order mark', `${header}.${encode('\ufeff{}')}.AAEC`],
    ['padding', `${header}.${payload}.AAE=`],
    ['X14 trailing bits in the signature', `${header}.${payload}.AAF`],
    ['X14 a character more', `${header}.${payload}.AAEC1`],
  ])('refuses %s', (_, text) => {
    expect(parseCompact(text)).toBeUndefined()
  })

  test('X12 a member named __proto__ is data', () => {
    const jws = parseCompact(`${header}.${encode('{"__proto__":{"sub":"x"}}')}.AAEC`)
    expect(jws?.payload.sub).toBeUndefined()
  })
})
