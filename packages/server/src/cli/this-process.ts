import type { CommandContext } from './context.ts'
import { forTerminal } from './print.ts'

/** The process that runs the command, with whoever sits at its terminal. */
export const ofThisProcess = (): CommandContext => ({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  signals: process,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm, ask } : {}),
})

const confirm = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test(await answerTo(`${question} [y/N] `))

async function ask(question: string, byDefault: string): Promise<string> {
  const answer = await answerTo(`${question}${byDefault === '' ? '' : ` [${byDefault}]`} `)
  return answer === '' ? byDefault : answer
}

async function answerTo(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(forTerminal(question))).trim()
  } finally {
    terminal.close()
  }
}
