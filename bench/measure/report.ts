/** A figure to reach. */
export interface Target {
  what: string
  value: number
  limit: number
  bound: 'at most' | 'at least'
  unit?: string
}

export const reached = ({ value, limit, bound }: Target): boolean =>
  bound === 'at most' ? value <= limit : value >= limit

/** One line that says whether a target is reached. */
export function verdict(target: Target): string {
  const unit = target.unit ? ` ${target.unit}` : ''
  const mark = reached(target) ? 'reached    ' : 'NOT REACHED'
  return `${mark}  ${target.what}: ${figure(target.value)}${unit} (${target.bound} ${figure(target.limit)}${unit})`
}

/** Three significant digits at least, never an exponent, thousands set apart by a space. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  const [whole = '', fraction] = value.toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** Columns set by their widest cell; all but the first to the right, where they hold figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}
