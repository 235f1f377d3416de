import { LatchkeyError } from '../errors.ts'

/** One thing that is wrong with a configuration. No field ever holds a secret. */
export interface Mistake {
  /** Where, as one would write it in code: `clients[0].redirect_uris[1]`; empty for the file as a whole. */
  path: string
  /** What is wrong with the value there. */
  problem: string
  /** What to do about it. */
  remedy: string
}

/**
 * The configuration cannot be used. `code` is `invalid_config`; `mistakes` holds all that is wrong, at least
 * one; the message lists them, one a line, for people.
 */
export class ConfigError extends LatchkeyError {
  readonly mistakes: readonly Mistake[]
  /** @param source The file's name, where there is one. */
  constructor(mistakes: readonly Mistake[], source = 'the configuration') {
    super('invalid_config', describeMistakes(mistakes, source))
    this.mistakes = mistakes
  }
}

function describeMistakes(mistakes: readonly Mistake[], source: string): string {
  const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`
  const lines = mistakes.map(
    ({ path, problem, remedy }) => `  ${path === '' ? '' : `${path}: `}${problem}. ${sentence(remedy)}`,
  )
  return [`${count} in ${source}:`, ...lines].join('\n')
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[?.]$/.test(text) ? '' : '.'}`
