import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64url } from './base64url.ts'

describe('X14 canonical base64url only', () => {
  test('takes what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url')
        expect(decodeBase64url(text)?.equals(bytes)).toBe(true)
      }),
    )
  })

  test.each([
    ['padding', 'YWI='],
    ['the other alphabet, +', 'ab+d'],
    ['the other alphabet, /', 'ab/d'],
    ['non-zero trailing bits', 'YWJ'],
    ['a lone character', 'YWJjZ'],
    ['a character more, after a whole', 'YWJj1'],
    ['a blank', 'YW Jj'],
    ['a line end', 'YWJj\n'],
    ['a byte that is no ASCII', 'YWJjé'],
    ['a wide character whose low byte is a letter', 'YWJ\u0161'],
    ['NUL', 'YWJj\0'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64url(text)).toBeUndefined()
  })

  test('each value has exactly one spelling', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12, unit: fc.constantFrom(...Array.from('ABQgwx019-_+/= \né')) }),
        (text) => {
          expect([undefined, text]).toContain(decodeBase64url(text)?.toString('base64url'))
        },
      ),
    )
  })
})
