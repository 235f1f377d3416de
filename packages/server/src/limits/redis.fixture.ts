import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0
export const howToGetRedis = 'skipped: no redis-server. On Debian: apt-get install redis-server'

export interface RedisServer {
  /** Of a socket that is a file: no port that somebody else could take. */
  url: string
  /** `kill -9`; what it had is gone. */
  kill(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

/** A real server that writes nothing to disk and ends with the process that started it. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-redis-'))
  const url = join(folder, 'socket')
  let child = await start(url)
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return {
    url,
    kill,
    async restart() {
      await kill()
      child = await start(url)
    },
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function start(socket: string): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => void process.off('exit', end))
  const lines = createInterface({ input: child.stdout })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('ready to accept connections') && resolve())
    lines.on('close', () => reject(new Error('redis-server did not start')))
  })
  return child
}
