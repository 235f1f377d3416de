/** C0, C1, line separators, and the marks that turn the direction of text around (Unicode UAX 9). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export const hasControls = (text: string): boolean => text.search(unprintable) !== -1

/** One line for display: controls gone, trimmed, at most `max` characters; undefined when nothing is left. */
export function displayLine(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value
    .slice(0, max * 4)
    .replace(unprintable, ' ')
    .toWellFormed()
    .trim()
  const cut = line.length > max ? Array.from(line).slice(0, max).join('') : line
  return cut === '' ? undefined : cut
}

/**
 * What a provider said, fit for a log line: short, on one line, and without the secrets that it may have
 * repeated (codes, verifiers, tokens), as they are or as they stand in a URL or a form.
 */
export function forLogs(said: unknown[], secrets: readonly (string | undefined)[] = []): string {
  let line = said.filter((part) => typeof part === 'string' && part !== '').join(': ')
  for (const shape of shapesOf(secrets)) line = line.replaceAll(shape, '[redacted]')
  return displayLine(line, 300) ?? ''
}

/** The longest first: of one that begins like another the rest would stay. */
const shapesOf = (secrets: readonly (string | undefined)[]): string[] =>
  secrets
    .flatMap((secret) =>
      secret ? [secret, encodeURIComponent(secret.toWellFormed()), formEncoded(secret)] : [],
    )
    .toSorted((one, other) => other.length - one.length)

/** application/x-www-form-urlencoded, as a value. */
export const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
