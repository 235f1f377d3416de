import { expect, test } from 'vitest'
import { nestsDeeper } from './json-depth.ts'

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

test.each([
  ['', 1, false],
  ['{"a":1}', 1, false],
  ['{"a":[]}', 1, true],
  ['[[],[],{}]', 2, false],
  [deep(32), 32, false],
  [deep(33), 32, true],
  ['{"a":"[[[[{{{{"}', 1, false],
  ['{"a":"\\"[[["}', 1, false],
  ['{"a":"\\\\","b":[]}', 1, true],
  ['['.repeat(100_000), 32, true],
])('R26: %.40s deeper than %i: %s', (text, limit, expected) => {
  expect(nestsDeeper(Buffer.from(text), limit)).toBe(expected)
})
