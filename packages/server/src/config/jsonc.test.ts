import { describe, expect, it } from 'vitest'
import { JsoncError, parseJsonc } from './jsonc.ts'

function read(text: string) {
  const { value, duplicates } = parseJsonc(text)
  return { value, duplicates }
}

describe('parseJsonc reads', () => {
  it.each([
    ['{}', {}],
    ['[]', []],
    ['\uFEFF{ "a": 1 }', { a: 1 }],
    ['{"a":[1,-2.5e3,true,false,null,"x"]}', { a: [1, -2500, true, false, null, 'x'] }],
    ['{"a":"\\u00e9\\n\\"\\\\/"}', { a: 'é\n"\\/' }],
    ['{ "a": 1, }', { a: 1 }],
    ['[1, 2, ]', [1, 2]],
    ['// before\n{ "a": /* within */ 1 // after\n}\n// at the end', { a: 1 }],
    [
      '{ "url": "https://a.example//b", "c": "/* no comment */" }',
      { url: 'https://a.example//b', c: '/* no comment */' },
    ],
    ['{"constructor":1,"toString":2}', { constructor: 1, toString: 2 }],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual({ value, duplicates: [] })
  })

  it('says the same as JSON.parse of what is JSON', () => {
    const text = JSON.stringify({ a: { b: [{ c: 'd\t' }, [], {}, 1e-7, 0, -0.5, ''] } }, null, 2)
    expect(read(text).value).toEqual(JSON.parse(text))
  })

  it('keys that stand twice: the first counts', () => {
    expect(read('{"a":{"b":1,"b":2},"c":[{"d":1,"d":1}]}')).toEqual({
      value: { a: { b: 1 }, c: [{ d: 1 }] },
      duplicates: [
        ['a', 'b'],
        ['c', 0, 'd'],
      ],
    })
  })
})

describe('parseJsonc stops, with the place and without the text, at', () => {
  it.each([
    ['', 1, 1, /ends too early/],
    ['{', 1, 2, /expected a key/],
    ['{"a": canary}', 1, 7, /expected a value/],
    ["{'a': 1}", 1, 2, /key in double quotes/],
    ['{"a": \'canary\'}', 1, 7, /double quotes/],
    ['{\n  "a": 1\n  "canary": 2\n}', 3, 3, /expected "," or "}"/],
    ['[1 2]', 1, 4, /expected "," or "]"/],
    ['{"a" 1}', 1, 6, /expected ":"/],
    ['{"a": "canary\n"}', 1, 7, /not closed/],
    ['{"a": "\\x"}', 1, 7, /unknown escape/],
    ['{"a": "\t"}', 1, 7, /control character/],
    ['{} canary', 1, 4, /nothing after/],
    ['{"a": 01}', 1, 8, /expected/],
    ['{,}', 1, 2, /expected a key/],
    ['[,]', 1, 2, /expected a value/],
    ['/* open', 1, 1, /expected a value/],
    ['{"__proto__": {}}', 1, 2, /cannot be a key/],
    ['['.repeat(40), 1, 34, /deeper/],
  ])('%j', (text, line, column, problem) => {
    const error = errorOf(text)
    expect(error).toMatchObject({ line, column })
    expect(error.message).toMatch(problem)
    expect(error.message).not.toContain('canary')
  })
})

function errorOf(text: string): JsoncError {
  try {
    parseJsonc(text)
  } catch (error) {
    if (error instanceof JsoncError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
