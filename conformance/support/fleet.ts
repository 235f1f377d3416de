import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Command, latchkeyCommand } from './command.ts'
import { spaOrigin, spaRedirectUri } from './latchkey.ts'
import type { Spa } from './spa.ts'
import { createStorage, type TestStorage } from './storage.ts'

/** One server process. */
export interface Member {
  /** Where it alone is reached; the issuer is the balancer in front of all. */
  readonly url: string
  readonly pid: number
  readonly alive: boolean
  /** `kill -9`. */
  kill(): Promise<void>
  /** Starts it again, at another port. */
  restart(): Promise<void>
  /** Its log lines so far. */
  readonly logs: readonly string[]
}

/** Server processes over one database, behind one address that asks them in turn. */
export interface Fleet {
  issuer: string
  members: Member[]
  storage: TestStorage
  spa: Spa
  /** Runs another command with the same configuration, in a process of its own. */
  run(...command: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>
  close(): Promise<void>
}

// Most of them are killed, and write no cache at their end.
const latchkey = (entry: string) =>
  `const { main } = await import(${JSON.stringify(entry)}); (await import('node:module')).flushCompileCache(); process.exitCode = await main(process.argv.slice(1))`

/**
 * @param configure what differs from a working configuration with one client, `web`; only what JSON can hold
 * @param hooks text of a module whose default export is the hooks: the configuration is one in code then
 */
export async function startFleet(
  count: number,
  configure: Record<string, unknown>,
  hooks?: string,
): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-fleet-'))
  const storage = await createStorage()
  const configFile = join(folder, hooks === undefined ? 'latchkey.config.json' : 'latchkey.config.mjs')
  const start: Start = { command: latchkeyCommand(), configFile }
  const members: Member[] = []
  const balancer = await balance(() => members.filter(({ alive }) => alive).map(({ url }) => url))
  const issuer = `http://127.0.0.1:${balancer.port}`
  const config = {
    issuer,
    secrets: [randomBytes(32).toString('base64url')],
    storage: storage.url,
    rate_limits: false,
    listen: '127.0.0.1:0',
    clients: [{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
    ...configure,
  }
  if (hooks === undefined) writeFileSync(configFile, JSON.stringify(config))
  else {
    writeFileSync(join(folder, 'hooks.mjs'), hooks)
    const code = `import hooks from './hooks.mjs'\nexport default { ...${JSON.stringify(config)}, hooks }\n`
    writeFileSync(configFile, code)
  }
  // All at once, so that they race for the schema and the first signing key too.
  const started = await Promise.allSettled(Array.from({ length: count }, () => startMember(start)))
  for (const outcome of started) if (outcome.status === 'fulfilled') members.push(outcome.value)
  const close = async () => {
    await Promise.all(members.map((member) => member.kill()))
    await balancer.close()
    await storage.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  const failed = started.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  return {
    ...{ issuer, members, storage },
    spa: { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin },
    run: (...words) => run(words, start),
    close,
  }
}

interface Start {
  command: Command
  configFile: string
}

async function run(words: string[], start: Start) {
  const child = launch(words, start)
  const ended = once(child, 'close')
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  }
  await ended
  return { code: child.exitCode, ...text }
}

async function startMember(start: Start): Promise<Member> {
  let logs: string[] = []
  let child = launch(['serve'], start)
  let port = await readyPort(child, logs)
  return {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    get pid() {
      return child.pid ?? 0
    },
    get alive() {
      return child.exitCode === null && child.signalCode === null
    },
    get logs() {
      return logs
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    async restart() {
      logs = []
      child = launch(['serve'], start)
      port = await readyPort(child, logs)
    },
  }
}

// Whatever becomes of the test run, it leaves nobody behind.
const alive = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

function launch(words: string[], { command, configFile }: Start): ChildProcess {
  const { entry, flags } = command
  const child = spawn(
    process.execPath,
    [...flags, '--input-type=module', '-e', latchkey(entry), ...words, '--config', configFile],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  return child
}

/** Reads the log to its end, and resolves with the port once it names it. */
function readyPort({ stdout, stderr }: ChildProcess, logs: string[]): Promise<number> {
  if (stdout === null || stderr === null) throw new Error('a child without pipes')
  stdout.resume()
  const lines = createInterface({ input: stderr })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      logs.push(line)
      const { msg, port } = readLine(line)
      if (msg === 'ready' && typeof port === 'number') resolve(port)
    })
    lines.on('close', () => reject(new Error(`a server did not start:\n${logs.join('\n')}`)))
  })
}

function readLine(line: string): { msg?: unknown; port?: unknown } {
  try {
    return JSON.parse(line)
  } catch {
    return {}
  }
}

/** Asks each in turn, and says 502 for one that fails under way, as balancers do. */
async function balance(targets: () => string[]): Promise<{ port: number; close(): Promise<void> }> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const all = targets()
    const target = all[turn++ % Math.max(all.length, 1)]
    if (target === undefined) {
      outgoing.writeHead(503).end()
      return
    }
    const { method, url, headers } = incoming
    const call = request(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headersDistinct)
      answer.pipe(outgoing)
    })
    call.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end()
    })
    incoming.pipe(call)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
