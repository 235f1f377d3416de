/** RFC 3339 in UTC, as everywhere in JSON. */
export const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** What a terminal would obey instead of showing it: control characters but tab and line end, and what turns text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text that may come from elsewhere (servers, `ssh`, accounts), to be shown and nothing else. */
export const forTerminal = (text: string): string => text.replaceAll('\r\n', '\n').replace(commands, '\ufffd')

/** A paragraph in lines of at most 80 characters, unless one word is longer. */
export function fold(
  text: string,
  { first = '', indent = first }: { first?: string; indent?: string } = {},
): string {
  const lines: string[] = []
  let line = first
  for (const word of text.split(/\s+/)) {
    const begun = line !== first && line !== indent
    if (begun && line.length + 1 + word.length > 80) {
      lines.push(line)
      line = indent
    }
    line += line === first || line === indent ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}

/** Rows of equal length, the first the heads, in columns as wide as need be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return rows.map((row) => `${line(row)}\n`).join('')
}
