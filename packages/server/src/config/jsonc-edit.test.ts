import { describe, expect, it } from 'vitest'
import { addMember } from './jsonc-edit.ts'

const add = (text: string) => addMember(text, ['providers'], 'new', { a: 1 })

/** Before, after. */
const rows: [title: string, before: string, after: string][] = [
  [
    'the first of an empty object',
    '{\n  "providers": {}\n}\n',
    '{\n  "providers": {\n    "new": {\n      "a": 1\n    }\n  }\n}\n',
  ],
  [
    'the first of all',
    '{\n  "issuer": "x"\n}\n',
    '{\n  "issuer": "x",\n  "providers": {\n    "new": {\n      "a": 1\n    }\n  }\n}\n',
  ],
  ['a document without line ends', '{}', '{\n  "providers": {\n    "new": {\n      "a": 1\n    }\n  }\n}'],
  [
    'after others, with tabs',
    '{\n\t"providers": {\n\t\t"old": {}\n\t}\n}',
    '{\n\t"providers": {\n\t\t"old": {},\n\t\t"new": {\n\t\t\t"a": 1\n\t\t}\n\t}\n}',
  ],
  [
    'after a comma that nothing follows',
    '{\n  "providers": {\n    "old": {}, // ours\n  },\n}',
    '{\n  "providers": {\n    "old": {}, // ours\n    "new": {\n      "a": 1\n    },\n  },\n}',
  ],
  [
    'after a comment that names a brace',
    '{\n  "providers": {\n    "old": "}" // } ,\n  }\n}',
    '{\n  "providers": {\n    "old": "}", // } ,\n    "new": {\n      "a": 1\n    }\n  }\n}',
  ],
  [
    'with the line ends of Windows',
    '{\r\n  "providers": {\r\n    "old": {}\r\n  }\r\n}\r\n',
    '{\r\n  "providers": {\r\n    "old": {},\r\n    "new": {\r\n      "a": 1\r\n    }\r\n  }\r\n}\r\n',
  ],
  [
    'behind a byte order mark',
    '\uFEFF{\n  "providers": {}\n}',
    '\uFEFF{\n  "providers": {\n    "new": {\n      "a": 1\n    }\n  }\n}',
  ],
  [
    'on one line',
    '{ "providers": { "old": {} } }',
    '{ "providers": { "old": {},\n  "new": {\n    "a": 1\n  }\n} }',
  ],
]

describe('addMember', () => {
  it.each(rows)('%s', (_, before, after) => {
    expect(add(before)).toBe(after)
  })

  it.each([
    ['is there already', '{ "providers": { "new": 1 } }'],
    ['is no object', '{ "providers": [] }'],
    ['is no object', '[]'],
  ])('%s', (words, text) => {
    expect(() => add(text)).toThrow(words)
  })
})
