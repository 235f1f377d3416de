import { StorageError } from '../contract.ts'

/** Reads a list of strings from the JSON in which a column holds it. */
export function toStrings(json: string): string[] {
  const value = parse(json)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new StorageError('corrupt', 'a row holds something else where a list of strings should be')
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
