import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { provideBinaries } from './binaries.fixture.ts'
import { atFreePort, type Launched, launch, unprivileged } from './process.fixture.ts'

const run = promisify(execFile)

/** A PostgreSQL of a test's own. It ends with the process that started it, however that ends. */
export interface PostgresServer {
  /** Of its database `postgres`, as a superuser; the same after a `start`. */
  readonly url: string
  /** Ends all connections; resolves when all its processes are gone. */
  stop(): Promise<void>
  /** `kill -9`: the next start has to recover. */
  kill(): Promise<void>
  /** After `stop` or `kill`, at the same address with the same data; resolves when it takes connections. */
  start(): Promise<void>
  /** Ends it and takes its data away. */
  close(): Promise<void>
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=400',
  'shared_buffers=32MB',
  'autovacuum=off',
  'jit=off',
]

/** What a killed process wrote is kept all the same: only a machine that fails loses it. */
const careless = ['fsync=off', 'full_page_writes=off']

/**
 * Makes one, on a port of loopback, with a password (SCRAM). It sorts as English does and not by bytes, as most that
 * people have.
 *
 * @param options `durable`: what it has confirmed outlives the machine, too; benches want that
 * @throws Error with what it has said, when it does not start
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-postgres-'))
  try {
    const password = randomBytes(16).toString('hex')
    const command = await initialize(folder, password, durable ? settings : [...settings, ...careless])
    const launchAt = (port: number) =>
      launch(folder, [...command, '-p', `${port}`], 'ready to accept connections')
    const { launched, port } = await atFreePort(async (free) => ({
      launched: await launchAt(free),
      port: free,
    }))
    const url = `postgres://latchkey:${password}@127.0.0.1:${port}/postgres`
    return handle(url, folder, launched, () => launchAt(port))
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Makes the data; returns the command that serves it. */
async function initialize(folder: string, password: string, chosen: string[]): Promise<string[]> {
  const binaries = await provideBinaries(folder)
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')]
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (unprivileged) await run('chown', ['-R', `${unprivileged.uid}:${unprivileged.gid}`, folder])
  await run(
    join(binaries, 'initdb'),
    [
      ...['--no-sync', `--pgdata=${data}`, '--username=latchkey'],
      ...[`--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'],
    ],
    { cwd: folder, ...unprivileged },
  )
  return [join(binaries, 'postgres'), '-D', data, ...chosen.flatMap((setting) => ['-c', setting])]
}

function handle(
  url: string,
  folder: string,
  first: Launched,
  launchAgain: () => Promise<Launched>,
): PostgresServer {
  let launched: Launched | undefined = first
  const end = async (signal: 'INT' | 'KILL'): Promise<void> => {
    const ending = launched?.end(signal)
    launched = undefined
    await ending
  }
  return {
    url,
    stop: () => end('INT'),
    kill: () => end('KILL'),
    async start() {
      launched ??= await launchAgain()
    },
    async close() {
      await end('INT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
