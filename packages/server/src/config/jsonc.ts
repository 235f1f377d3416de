import type { Path } from './path.ts'

/** Where reading stopped. The message never quotes the text, which may hold secrets. */
export class JsoncError extends Error {
  readonly line: number
  readonly column: number
  constructor(text: string, offset: number, problem: string) {
    const before = text.slice(0, offset).split('\n')
    const line = before.length
    const column = (before.at(-1) ?? '').length + 1
    super(`${problem} (line ${line}, column ${column})`)
    this.name = 'JsoncError'
    this.line = line
    this.column = column
  }
}

/** Where an object stands in the text, by offset. */
export interface ObjectSpan {
  /** Of its first brace. */
  open: number
  /** Of its last brace. */
  close: number
  /** Behind its last value; undefined where it is empty. */
  lastEnd?: number
  /** Whether a comma follows that. */
  comma: boolean
}

export interface JsoncDocument {
  value: unknown
  /** Every object, by its path as JSON: `["providers"]`. */
  objects: ReadonlyMap<string, ObjectSpan>
  /** Keys that an object holds twice; the first one counts. */
  duplicates: Path[]
}

const deepest = 32
const blank = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const string = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /[A-Za-z_$][\w$]*/y
const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * Reads JSON (RFC 8259) with two tolerances that people expect of a configuration file: `//` and block
 * comments, and a comma after the last element. Unlike `JSON.parse`, it says where it stopped without quoting
 * what stands there, and reports keys that stand twice in an object.
 * @throws JsoncError
 */
export function parseJsonc(text: string): JsoncDocument {
  const duplicates: Path[] = []
  const objects = new Map<string, ObjectSpan>()
  let offset = text.startsWith('\uFEFF') ? 1 : 0

  const fail = (problem: string, at = offset): never => {
    throw new JsoncError(text, at, problem)
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) offset += found.length
    return found
  }
  const takeMark = (mark: string): boolean => {
    take(blank)
    if (text[offset] !== mark) return false
    offset++
    return true
  }
  const takeString = (): string => {
    const start = offset
    const found = take(string) ?? fail('a string is not closed on its line')
    try {
      const value: unknown = JSON.parse(found)
      return String(value)
    } catch {
      return fail('a string holds a control character or an unknown escape', start)
    }
  }

  const readArray = (path: Path): unknown[] => {
    const array: unknown[] = []
    while (!takeMark(']')) {
      array.push(readValue([...path, array.length]))
      if (takeMark(',')) continue
      if (!takeMark(']')) fail('expected "," or "]" after an element')
      break
    }
    return array
  }

  const readObject = (path: Path): Record<string, unknown> => {
    const entries = new Map<string, unknown>()
    const span: ObjectSpan = { open: offset - 1, close: offset, comma: false }
    while (!takeMark('}')) {
      if (text[offset] !== '"') fail('expected a key in double quotes')
      const start = offset
      const key = takeString()
      if (key === '__proto__') fail('"__proto__" cannot be a key', start)
      if (!takeMark(':')) fail('expected ":" after a key')
      const value = readValue([...path, key])
      if (entries.has(key)) duplicates.push([...path, key])
      else entries.set(key, value)
      span.lastEnd = offset
      span.comma = takeMark(',')
      if (span.comma) continue
      if (!takeMark('}')) fail('expected "," or "}" after a value')
      break
    }
    objects.set(JSON.stringify(path), { ...span, close: offset - 1 })
    return Object.fromEntries(entries)
  }

  const readValue = (path: Path): unknown => {
    if (path.length > deepest) fail(`nested deeper than ${deepest} levels`)
    if (takeMark('{')) return readObject(path)
    if (takeMark('[')) return readArray(path)
    if (text[offset] === '"') return takeString()
    const digits = take(number)
    if (digits !== undefined) return Number(digits)
    const start = offset
    const found = take(word)
    if (found !== undefined && words.has(found)) return words.get(found)
    if (text[start] === "'") fail('strings stand in double quotes', start)
    return fail(start >= text.length ? 'the file ends too early' : 'expected a value', start)
  }

  const value = readValue([])
  take(blank)
  if (offset < text.length) fail('expected nothing after the value')
  return { value, duplicates, objects }
}
