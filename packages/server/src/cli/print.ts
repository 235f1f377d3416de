/** RFC 3339 in UTC, as everywhere in JSON. */
export const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

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
