import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeReturnTo } from './return-to.ts'

const origin = 'https://app.example.com'

test.each([
  ['/', '/'],
  ['/inbox?a=1#b', '/inbox?a=1#b'],
  ['inbox', '/inbox'],
  ['', '/'],
  ['#/route', '/#/route'],
  [`${origin}/inbox`, '/inbox'],
  ['/a%2F%2Fb', '/a%2F%2Fb'],
  ['/x/../y', '/y'],
])('B14 %j stays %j', (target, expected) => {
  expect(safeReturnTo(target, origin)).toBe(expected)
})

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example/',
  'https://app.example.com.evil.example/',
  'https://app.example.com@evil.example/',
  'http://app.example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://app.example.com/1',
  'https://',
])('B14 %j becomes /', (target) => {
  expect(safeReturnTo(target, origin)).toBe('/')
})

test('B14 whatever goes in, a browser reads what comes out as a path of the origin', {
  timeout: 30_000,
}, () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    '//',
    'evil.example',
    'https',
    '\t',
    '#',
    '?',
    '%2f',
  )
  const target = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(target, (target) => {
      const path = safeReturnTo(target, origin)
      expect(path.startsWith('/')).toBe(true)
      expect(new URL(path, origin).origin).toBe(origin)
    }),
  )
})
