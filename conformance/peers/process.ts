import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A server of somebody else's, with a folder of its own. */
export interface PeerProcess {
  /** What it has said so far. */
  said(): string
  /** Ends it and takes its folder away. */
  close(): Promise<void>
}

/** One that the system gives nobody by itself: it is still free when it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `${name}-`))

/**
 * Starts it and waits until something answers at `url`.
 * @throws Error with what it has said, when it ends before, or stays silent
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  options: {
    folder: string
    url: string
    env?: Record<string, string>
    /** For its standard input. */
    input?: string
  },
): Promise<PeerProcess> {
  const { folder, url, env, input = '' } = options
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // Where it has ended before it read, `exit` says so.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const close = async (): Promise<void> => {
    if (failure === undefined && !hasEnded(child)) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (let attempt = 0; ; attempt++) {
      if (failure !== undefined) throw failure
      if (hasEnded(child)) throw new Error(`it ended: ${child.exitCode ?? child.signalCode}`)
      const answered = await fetch(url).then(
        () => true,
        () => false,
      )
      if (answered) return { said: () => said.join(''), close }
      if (attempt === 600) throw new Error(`nothing answers at ${url}`)
      await pause(50)
    }
  } catch (error) {
    await close()
    throw new Error(`${command}: ${said.join('')}`, { cause: error })
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null
