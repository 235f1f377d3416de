import { EventEmitter } from 'node:events'
import { main } from './main.ts'

/** Runs the command in this process, with an empty environment; commands that load the server fail. */
export async function runCommand(cwd: string, args: string[]) {
  let stdout = ''
  let stderr = ''
  const context = {
    out: (text: string) => {
      stdout += text
    },
    err: (text: string) => {
      stderr += text
    },
    ...{ env: {}, cwd, signals: new EventEmitter() },
  }
  const code = await main(args, context, () => Promise.reject(new Error('the server was loaded')))
  return { code, stdout, stderr }
}
