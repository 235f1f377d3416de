import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Started {
  name: string
  pid: number
  /** What follows `ready ` on the line that says so. */
  url: string
  /** From spawning to that line, in milliseconds. */
  readyMs: number
  /** Ends it by its own pid: SIGTERM, and SIGKILL if that has not helped within 5 s. */
  stop(): Promise<void>
}

export interface StartOptions {
  name: string
  /** Arguments of this same Node. */
  args: string[]
  /** Pins it (see `pinning`). */
  core: number
  /** Where its standard error goes: a file, as a service's log does. */
  logDir: string
  env?: Record<string, string>
  /** Default 20 000. */
  timeoutMs?: number
}

/** Whether `taskset` is here to pin processes, and why not. */
export function pinning(): { available: true } | { available: false; reason: string } {
  if (process.platform !== 'linux') return { available: false, reason: `no pinning on ${process.platform}` }
  const { error, status } = spawnSync('taskset', ['-c', '0,1', 'true'])
  if (error) return { available: false, reason: 'taskset is missing (Debian: util-linux)' }
  if (status !== 0) return { available: false, reason: 'taskset cannot have cores 0 and 1' }
  return { available: true }
}

/** Moves this process, all its threads, to one core. */
export function pinSelf(core: number): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)])
}

/** Arguments that make Node write `NAME.cpuprofile` into a folder when the process ends; none without a folder. */
export function profiling(name: string, folder: string | undefined): string[] {
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`] : []
}

/** The program and its arguments that run this same Node on one core, where pinning is possible. */
function onCore(core: number, args: string[]): [program: string, args: string[]] {
  // taskset executes the program in its own place, so the child's pid is Node's.
  return pinning().available
    ? ['taskset', ['-c', String(core), process.execPath, ...args]]
    : [process.execPath, args]
}

/** Runs a Node process to its end and gives what it printed. */
export async function run(options: Pick<StartOptions, 'args' | 'core' | 'timeoutMs'>): Promise<string> {
  const [program, args] = onCore(options.core, options.args)
  const { stdout } = await promisify(execFile)(program, args, {
    timeout: options.timeoutMs ?? 120_000,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return stdout
}

/** Starts a Node process and waits until it prints `ready <url>`. */
export async function start(options: StartOptions): Promise<Started> {
  const log = join(options.logDir, `${options.name}.log`)
  const stderr = openSync(log, 'a')
  const [program, args] = onCore(options.core, options.args)
  const began = performance.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...process.env, NODE_ENV: 'production', ...options.env },
  })
  closeSync(stderr)
  try {
    const url = await readyLine(child, options.timeoutMs ?? 20_000)
    const readyMs = performance.now() - began
    if (child.pid === undefined) throw new Error('no pid')
    return { name: options.name, pid: child.pid, url, readyMs, stop: () => stop(child) }
  } catch (error) {
    await stop(child)
    const tail = readFileSync(log, 'utf8').slice(-2000)
    throw new Error(`${options.name} did not get ready: ${String(error)}\n${tail}`, { cause: error })
  }
}

function readyLine(child: ChildProcess, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "ready" line within ${timeoutMs} ms`)), timeoutMs)
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (printed.length > 65_536) return
      printed += chunk
      const line = /^ready (\S+)$/m.exec(printed)
      if (!line?.[1]) return
      clearTimeout(timer)
      resolve(line[1])
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code ?? signal}`))
    })
  })
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** A port of 127.0.0.1 that was free a moment ago, for servers that must know their own address beforehand. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
