import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { latchkeyCommand } from './command.ts'
import type { Running } from './latchkey.ts'

/** The command as it is, many times in one process: to load it takes longer than to run it. */
const shell = (entry: string) => `const { main } = await import(${JSON.stringify(entry)})
process.on('message', async (args) => {
  let out = ''
  let err = ''
  const context = { out: (text) => (out += text), err: (text) => (err += text), env: {}, cwd: process.cwd(), signals: process }
  const code = await main(args, context)
  process.send({ code, out, err })
})
process.send('ready')`

interface Ended {
  code: number
  /** What it printed with `--json`. */
  printed: Record<string, unknown>
  /** The events in its log. */
  events: { type: string; actor?: string; subject?: string; data: Record<string, unknown> }[]
}

/** Somebody with a shell on the server's machine, in a process apart from the server's. */
export interface Operator {
  /** `latchkey ... --json` on the database of a server that is running. */
  run(server: Running, args: string[], changes?: Record<string, unknown>): Promise<Ended>
  close(): Promise<void>
}

export async function startOperator(): Promise<Operator> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-operator-'))
  const { entry, flags } = latchkeyCommand()
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-e', shell(entry)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await answerOf(child)
  return {
    async run(server, args, changes = {}) {
      const file = join(folder, 'operator.json')
      const config = {
        issuer: server.issuer,
        secrets: server.serverSecrets,
        storage: server.storage.url,
        ...changes,
      }
      writeFileSync(file, JSON.stringify(config))
      const answer = answerOf(child)
      child.send([...args, '--json', '--config', file])
      const { code, out, err } = await answer
      const lines = err.split('\n').filter((line) => line.startsWith('{'))
      const events = lines.flatMap((line) => JSON.parse(line).event ?? [])
      return { code, printed: out === '' ? {} : JSON.parse(out), events }
    },
    async close() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
      rmSync(folder, { recursive: true })
    },
  }
}

async function answerOf(child: ChildProcess): Promise<{ code: number; out: string; err: string }> {
  const answered = new AbortController()
  const gone = once(child, 'exit', { signal: answered.signal }).then(() => {
    throw new Error('the operator’s shell has ended')
  })
  const [answer] = await Promise.race([once(child, 'message'), gone])
  gone.catch(() => undefined)
  answered.abort()
  return answer
}
