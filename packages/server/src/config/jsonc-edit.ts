import { isDeepStrictEqual } from 'node:util'
import { type ObjectSpan, parseJsonc } from './jsonc.ts'
import { isPlainObject } from './path.ts'

/**
 * Adds a member to an object of a JSON document, as its last one. Everything else stays as it is written: comments, order,
 * indentation, line ends.
 * @param at keys from the root to the object; it is made where it is missing below the root
 * @throws JsoncError; Error where the object is none, or has the member
 */
export function addMember(
  text: string,
  at: readonly [] | readonly [string],
  key: string,
  value: unknown,
): string {
  const { value: before, objects } = parseJsonc(text)
  const [parent] = at
  const root = objects.get('[]')
  if (root === undefined || !isPlainObject(before)) throw new Error('the document is no object')
  if (parent !== undefined && !Object.hasOwn(before, parent)) {
    return addMember(text, [], parent, { [key]: value })
  }
  const object = parent === undefined ? before : before[parent]
  const span = parent === undefined ? root : objects.get(JSON.stringify([parent]))
  if (span === undefined || !isPlainObject(object)) throw new Error(`"${parent ?? ''}" is no object`)
  if (Object.hasOwn(object, key)) throw new Error(`"${key}" is there already`)

  const edited = insert(text, span, key, value)
  const expected = { ...object, [key]: value }
  const { value: after } = parseJsonc(edited)
  if (!isDeepStrictEqual(after, parent === undefined ? expected : { ...before, [parent]: expected })) {
    throw new Error('the document cannot be changed without changing more of it')
  }
  return edited
}

function insert(
  text: string,
  { open, close, lastEnd, comma }: ObjectSpan,
  key: string,
  value: unknown,
): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const outer = indentAt(text, open)
  const unit = unitOf(text)
  const own = lastEnd === undefined ? undefined : ownIndent(text, open, close)
  const inner = own ?? outer + unit
  const written = JSON.stringify(value, null, unit).replaceAll('\n', `${newline}${inner}`)
  const member = `${newline}${inner}${JSON.stringify(key)}: ${written}${comma ? ',' : ''}`
  // after whatever comments follow the last member
  const end = text.slice(0, close).trimEnd().length
  const head =
    lastEnd === undefined || comma
      ? text.slice(0, end)
      : `${text.slice(0, lastEnd)},${text.slice(lastEnd, end)}`
  const gap = text.slice(end, close)
  return `${head}${member}${gap.includes('\n') ? gap : `${newline}${outer}`}${text.slice(close)}`
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** Of the first line of an object's inside that begins with a key. */
const ownIndent = (text: string, open: number, close: number): string | undefined =>
  /\n([ \t]*)"/.exec(text.slice(open, close))?.[1]

const unitOf = (text: string): string => /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
