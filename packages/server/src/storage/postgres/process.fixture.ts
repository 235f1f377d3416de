import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

/** Neither PostgreSQL nor its pooler want to be root; this is `nobody` nearly everywhere. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

/** A process that takes connections. */
export interface Launched {
  /** Resolves when all that it started is gone, too. */
  end(signal: 'INT' | 'KILL'): Promise<void>
}

/**
 * A shell reads the signal that ends its child. At the end of what it reads, whoever started it is no more, maybe by a
 * `kill -9`: then the folder goes as well.
 */
const keeper = `folder=$1; shift
"$@" </dev/null >/dev/null 2>&3 3>&- & exec 3>&-
if read -r signal; then kill -"$signal" $!; wait $!; exit; fi
kill -QUIT $!; wait $!; rm -rf "$folder"`

/**
 * @param folder what goes when this process ends before it
 * @param command of a server
 * @param ready what it says, on its standard error, when it takes connections
 * @throws Error with what it has said, when it does not start
 */
export async function launch(folder: string, command: readonly string[], ready: string): Promise<Launched> {
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', folder, ...command], {
    ...{ stdio: ['pipe', 'ignore', 'ignore', 'pipe'], cwd: folder, ...unprivileged },
    // An interrupt at the keyboard is for the tests: this follows them.
    detached: true,
  })
  const output = child.stdio[3]
  if (!(output instanceof Readable) || child.stdin === null) throw new Error('a child without pipes')
  // Its processes have it in common.
  const gone = once(output, 'close')
  const said: string[] = []
  const lines = createInterface({ input: output })
  const isReady = await new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      said.push(line)
      if (line.includes(ready)) resolve(true)
    })
    lines.on('close', () => resolve(false))
  })
  const { stdin } = child
  if (!isReady) {
    stdin.end('INT\n')
    throw new Error(said.join('\n'))
  }
  // What it says from here on is nobody's business, but it has to be read.
  lines.removeAllListeners('line').on('line', () => {})
  return {
    async end(signal) {
      stdin.end(`${signal}\n`)
      await gone
    },
  }
}

/** For servers that cannot choose a free port by themselves: one of those that the system gives to nobody who asks for any. */
export async function atFreePort<T>(launchAt: (port: number) => Promise<T>, tries = 5): Promise<T> {
  try {
    return await launchAt(randomInt(10_000, 32_000))
  } catch (error) {
    if (tries <= 1) throw error
    return atFreePort(launchAt, tries - 1)
  }
}
