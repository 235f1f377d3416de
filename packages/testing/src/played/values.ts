/** Replaces `{name}` by values; names without one stay, as do the braces of a GraphQL query. */
export const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([\w.-]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )

/** The names in braces. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{([\w.-]+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** What stands in `text` where the template has `{name}`; undefined when the rest is not the template's. */
export const valueIn = (template: string, name: string, text: string): string | undefined => {
  const [before = '', after] = template.split(`{${name}}`)
  if (after === undefined || !text.startsWith(before) || !text.endsWith(after)) return undefined
  const value = text.slice(before.length, text.length - after.length)
  return value === '' ? undefined : value
}

export type Members = Record<string, unknown>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const readAt = (whole: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isMembers(inner) ? inner[name] : undefined), whole)

/** Sets a member by its dotted path, objects in between included. What is there already stays. */
export const put = (whole: Members, path: string, value: unknown): void => {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let inner = whole
  for (const name of names) {
    const next = inner[name]
    if (isMembers(next)) inner = next
    else if (next === undefined) {
      const fresh: Members = {}
      inner[name] = fresh
      inner = fresh
    } else return
  }
  if (inner[last] === undefined && value !== undefined) inner[last] = value
}

/** Objects whose names are `0`, `1`, ... were meant as lists: `items.0.id`. */
export const listed = (value: unknown): unknown => {
  if (!isMembers(value)) return value
  const names = Object.keys(value)
  const inner = Object.values(value).map(listed)
  if (names.length > 0 && names.every((name, index) => name === String(index))) return inner
  return Object.fromEntries(names.map((name, index) => [name, inner[index]]))
}
