/** Without repetition. */
export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** `{ [key]: value }`, or nothing for what is absent. */
export const given = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: T })
