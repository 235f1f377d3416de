import type { Entry } from '@latchkey/providers'
import { checkIssuer, checkOrigin, findEntry, isLoopbackHost } from '../../config/index.ts'
import { UsageError } from '../arguments.ts'
import type { CommandContext } from '../context.ts'

/** What has to be known to write a configuration. */
export interface Answers {
  issuer: string
  /** Of the app. */
  origins: string[]
  providers: Entry[]
}

export interface AnswerFlags {
  issuer?: string
  origin?: string[]
  provider?: string[]
}

/**
 * From the flags, and from whoever sits at the terminal for what they leave out. There a wrong answer is asked for again.
 * @throws UsageError for a flag that is wrong, and where one is needed and nobody can be asked
 */
export async function answersOf(flags: AnswerFlags, context: CommandContext): Promise<Answers> {
  const origins = await answer(context, {
    given: flags.origin?.join(' '),
    question: 'Where does the app run? Its origin, or several with spaces between them:',
    byDefault: 'http://localhost:5173',
    flag: '--origin',
    unasked: undefined,
    read: (text) => readOrigins(words(text)),
  })
  const local = origins.every((origin) => isLoopbackHost(new URL(origin).hostname))
  const issuer = await answer(context, {
    given: flags.issuer,
    question: 'Where will browsers reach Latchkey?',
    byDefault: local ? localIssuer : '',
    flag: '--issuer',
    unasked: local ? localIssuer : undefined,
    read: (text) => {
      refuse('--issuer', text, checkIssuer(text))
      return text
    },
  })
  const providers = await answer(context, {
    given: flags.provider?.join(' '),
    question: 'Which providers? Ids with spaces between them ("latchkey providers" lists them), or none:',
    byDefault: '',
    flag: '--provider',
    unasked: '',
    read: (text) => [...new Set(words(text))].map(entryOf),
  })
  return { issuer, origins, providers }
}

/** @throws UsageError */
export function readOrigins(given: readonly string[]): string[] {
  if (given.length === 0) throw new UsageError('--origin: name at least one')
  for (const origin of given) refuse('--origin', origin, checkOrigin(origin))
  return [...new Set(given)]
}

export const localIssuer = 'http://127.0.0.1:4000'

interface Question<T> {
  /** By a flag. */
  given: string | undefined
  question: string
  byDefault: string
  flag: string
  /** What holds where nobody can be asked; undefined where the flag is needed then. */
  unasked: string | undefined
  /** @throws UsageError */
  read: (text: string) => T
}

async function answer<T>({ ask, err }: CommandContext, asked: Question<T>): Promise<T> {
  const { question, byDefault, flag, read } = asked
  const known = asked.given ?? (ask === undefined ? asked.unasked : undefined)
  if (known !== undefined) return read(known)
  if (ask === undefined) throw new UsageError(`${flag} is needed where nobody sits at a terminal`)
  for (;;) {
    try {
      return read(await ask(question, byDefault))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      err(`${error.message}\n`)
    }
  }
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

function refuse(flag: string, value: string, complaints: ReturnType<typeof checkOrigin>): void {
  const [complaint] = complaints
  if (complaint === undefined) return
  throw new UsageError(`${flag}: ${JSON.stringify(value)} ${complaint.problem}; ${complaint.remedy}`)
}

function entryOf(id: string): Entry {
  const { entry, problem } = findEntry(id)
  if (entry === undefined) throw new UsageError(problem)
  return entry
}
