import { z } from 'zod'
import type { Check } from '../complaint.ts'

/**
 * The messages of our schemas are for `../mistakes.ts` alone: problem, line feed, remedy. Only the message of
 * `unrecognized_keys` differs: the keys that would have been known, separated by line feeds.
 */
export const message = (problem: string, remedy: string): string => `${problem}\n${remedy}`

type Explain = z.core.$ZodErrorMap

const expectedNames: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no finite number'
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

function problemOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_type') {
    return `must be ${expectedNames[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => JSON.stringify(value))
    return `must be ${values.slice(0, -1).join(', ')}${values.length > 1 ? ' or ' : ''}${values.at(-1) ?? ''}`
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty'
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'number') return `must be at most ${issue.maximum}`
    const unit = issue.origin === 'string' ? 'characters' : 'elements'
    return `must not have more than ${issue.maximum} ${unit}`
  }
  return 'has the wrong shape'
}

/** The error map of a schema whose every fault has one remedy. */
export const remedied =
  (remedy: string): Explain =>
  (issue) =>
    message(problemOf(issue), remedy)

/** Runs a check of ours as a check of zod's. */
export const judged =
  <T>(check: Check<T>): z.core.CheckFn<T> =>
  (payload) => {
    for (const { problem, remedy } of check(payload.value)) {
      payload.issues.push({ code: 'custom', message: message(problem, remedy), input: payload.value })
    }
  }

/** A string of 1 to 2,048 characters that a check judges. */
export function text(description: string, remedy: string, check?: Check<string>): z.ZodString {
  const schema = z.string({ error: remedied(remedy) })
  const bounded = check === undefined ? schema.min(1).max(2048) : schema.max(2048).check(judged(check))
  return bounded.meta({ description })
}

/** Any number of elements up to `most`, without repetition in what comes out. */
export function list<T extends z.ZodType>(element: T, description: string, remedy: string, most = 64) {
  return z
    .array(element, { error: remedied(remedy) })
    .max(most)
    .meta({ description })
}

export function choice<const T extends readonly string[]>(options: T, description: string, remedy: string) {
  return z.enum(options, { error: remedied(remedy) }).meta({ description })
}

export const flag = (description: string) =>
  z.boolean({ error: remedied('write true or false, without quotes') }).meta({ description })

export function wholeNumber(range: { min: number; max: number }, description: string) {
  return z
    .int({ error: remedied(`give a whole number from ${range.min} to ${range.max}`) })
    .min(range.min)
    .max(range.max)
    .meta({ description })
}

/** An object with known keys only. */
export function closed<T extends z.core.$ZodLooseShape>(shape: T, description: string, remedy: string) {
  const known = Object.keys(shape).join('\n')
  const explain: Explain = (issue) =>
    issue.code === 'unrecognized_keys' ? known : message(problemOf(issue), remedy)
  return z.strictObject(shape, { error: explain }).meta({ description })
}

/** An object whose keys the configuration chooses. */
export function dictionary<T extends z.ZodType>(
  key: z.ZodString,
  value: T,
  description: string,
  remedy: string,
) {
  return z.record(key, value, { error: remedied(remedy) }).meta({ description })
}

/** An object that is taken as it is, such as a JWK. */
export const verbatim = (description: string, remedy: string) =>
  z.record(z.string(), z.unknown(), { error: remedied(remedy) }).meta({ description })
