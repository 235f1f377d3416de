import { EventEmitter } from 'node:events'
import type { CommandContext } from './context.ts'
import { main } from './main.ts'

/** Runs the command in a folder, without a terminal unless `confirm` is given, and without ever loading the server. */
export async function runCommand(
  cwd: string,
  args: string[],
  context: Partial<Pick<CommandContext, 'confirm' | 'ask' | 'env'>> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = ''
  let stderr = ''
  const whole: CommandContext = {
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
    ...{ env: {}, cwd, signals: new EventEmitter() },
    ...context,
  }
  const code = await main(args, whole, () => Promise.reject(new Error('the server was loaded')))
  return { code, stdout, stderr }
}
