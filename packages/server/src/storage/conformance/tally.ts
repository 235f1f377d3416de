import type { Acknowledgement, Answer } from './volley.ts'

const outcomeOf = (answer: Answer): string => {
  if ('error' in answer) return answer.error
  const { value } = answer
  return typeof value === 'object' && value !== null && 'outcome' in value ? String(value.outcome) : 'none'
}

/** How often each outcome of `consumeOnce`, or each error, was acknowledged. */
export function outcomes(acknowledged: Acknowledgement[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { answer } of acknowledged) {
    const outcome = outcomeOf(answer)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

/** The calls that were acknowledged as `consumed`, in order; one that was twice is there twice. */
export const consumedCalls = (acknowledged: Acknowledgement[]): number[] =>
  acknowledged
    .filter(({ answer }) => outcomeOf(answer) === 'consumed')
    .map(({ call }) => call)
    .toSorted((a, b) => a - b)

/** How often each call was answered with this value, by its place in the volley. */
export function countsOf(acknowledged: Acknowledgement[], value: unknown): number[] {
  const counts: number[] = []
  for (const { call, answer } of acknowledged) {
    counts[call] = (counts[call] ?? 0) + Number('value' in answer && answer.value === value)
  }
  return counts
}

/** What was answered, or the errors' codes. */
export const valuesOf = (acknowledged: Acknowledgement[]): unknown[] =>
  acknowledged.map(({ answer }) => ('error' in answer ? answer.error : answer.value))

/** The ids of everything that was answered; one that was answered twice is there twice. */
export const idsAnswered = (acknowledged: Acknowledgement[]): string[] =>
  valuesOf(acknowledged).flat().flatMap(idOf)

const idOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && 'id' in value ? [String(value.id)] : []

/** The calls that were acknowledged without an error. */
export const succeededCalls = (acknowledged: Acknowledgement[]): Set<number> =>
  new Set(acknowledged.filter(({ answer }) => !('error' in answer)).map(({ call }) => call))
