import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atFreePort, launch, unprivileged } from './process.fixture.ts'

const run = promisify(execFile)
const pgbouncer = '/usr/sbin/pgbouncer'

export const hasPgbouncer = existsSync(pgbouncer)
export const howToGetPgbouncer =
  'skipped: no pgbouncer. On Debian: apt-get install --no-install-recommends pgbouncer'

export interface Pooler {
  /** The same database by way of it. */
  to(url: string): string
  close(): Promise<void>
}

/** Fewer than callers: whoever left something behind in one would hand it to somebody else. */
const connections = 8

/** A real PgBouncer in transaction mode before a server. @param url of any database there */
export async function startPooler(url: string): Promise<Pooler> {
  const server = new URL(url)
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-pooler-'))
  const file = async (name: string, lines: string[]): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
    return path
  }
  try {
    const users = await file('users', [`"${server.username}" "${decodeURIComponent(server.password)}"`])
    const { launched, port } = await atFreePort(async (free) => {
      const config = await file('pgbouncer.ini', [
        '[databases]',
        `* = host=${server.hostname} port=${server.port}`,
        '[pgbouncer]',
        ...['listen_addr = 127.0.0.1', `listen_port = ${free}`, 'unix_socket_dir ='],
        ...['auth_type = scram-sha-256', `auth_file = ${users}`],
        ...['pool_mode = transaction', `default_pool_size = ${connections}`, 'max_client_conn = 500'],
      ])
      if (unprivileged) await run('chown', ['-R', `${unprivileged.uid}:${unprivileged.gid}`, folder])
      return { launched: await launch(folder, [pgbouncer, config], 'process up'), port: free }
    })
    return {
      to(other) {
        const pooled = new URL(other)
        pooled.host = `127.0.0.1:${port}`
        return pooled.href
      },
      async close() {
        await launched.end('KILL')
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
