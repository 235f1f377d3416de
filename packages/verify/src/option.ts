// Checks that the readers of options share. All throw TypeError naming the option.

export function assertNames(options: object, names: readonly string[], prefix = ''): void {
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new TypeError(`no such option: ${prefix}${name}`)
  }
}

export function assertFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${option} must be a function`)
}

export function text(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`${option} must be a text that is not empty`)
  return value
}

export function within(option: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new TypeError(`${option} must be a number from ${min} to ${max}`)
  }
  return value
}
