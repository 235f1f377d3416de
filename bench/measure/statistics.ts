/**
 * The value in the middle; of an even count, the mean of the two in the middle.
 * @throws RangeError for an empty list: there is no median of nothing.
 */
export function median(values: readonly number[]): number {
  const upper = percentile(values, 0.5)
  if (values.length % 2 === 1) return upper
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[values.length / 2 - 1] ?? upper) + (sorted[values.length / 2] ?? upper)) / 2
}

/** Nearest rank: the smallest value that at least `share` (0 to 1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * values.length))
  const value = values.toSorted((a, b) => a - b)[rank - 1]
  if (value === undefined) throw new RangeError('no values to take a percentile of')
  return value
}

/** How far the values lie apart, as a share of their median: (largest - smallest) / median. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values)
}

/**
 * The order in which round `round` visits `items`: each round starts one further, so that nobody is always first
 * (cold caches) or always last (warm ones).
 */
export function interleave<T>(items: readonly T[], round: number): T[] {
  const start = items.length === 0 ? 0 : round % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
