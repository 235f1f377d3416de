import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine, machineLines } from './measure/machine.ts'
import type { Outcome, Session } from './measure/outcome.ts'
import { run, type Started, start } from './measure/processes.ts'
import { readHotspots } from './measure/profile.ts'
import { reached, verdict } from './measure/report.ts'

const usage = `npm run bench -- <name> [options]

names
  signin   complete sign-ins: Latchkey, Better Auth, a bare loop
  refresh  sessions refreshed: Latchkey, oidc-provider, the floor
  vault    provider tokens handed out: Latchkey, Better Auth
  reseal   100 000 connections sealed anew while a server hands out their tokens
  overload ten times what the server can do: what is still done, and how fast
  verify   access tokens verified: @latchkey/verify, jose, fast-jwt
  start    time to "ready" and memory when idle

options
  --quick            short rounds: for a look while working, not for figures to quote
  --check            end with 1 when a target is not reached
  --json FILE        write every figure
  --rounds N         default 5
  --count N          sign-ins a round (default 1500, quick 300), refreshes and hand-outs (15000, quick 3000) tokens (5000, quick 2000)
                     or connections (reseal: 100000, quick 5000)
  --only A,B         these contenders (signin: latchkey, latchkey-bearer, better-auth, bare, bare-dpop;
                     refresh: latchkey, latchkey-metrics, latchkey-postgres, oidc-provider, bare;
                     vault: latchkey, better-auth)
  --warm-nonce       the browser knows the DPoP nonce already (signin)
  --profile DIR      write CPU profiles of the servers there and say where they were busy
  --dir DIR          where databases and logs go while it runs; default: the system's temporary folder`

/** Runs one benchmark and gives the exit code: 0 done, 1 failed or, with --check, a target missed, 2 usage. */
export async function main(argv: string[], root: string): Promise<number> {
  let parsed: ReturnType<typeof parse>
  let size: Size
  try {
    parsed = parse(argv)
    size = sizeOf(parsed.values)
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
  const { values, positionals } = parsed
  if (values.help) {
    console.log(usage)
    return 0
  }
  const [name = ''] = positionals
  const benchmark = benchmarks[name]
  if (!benchmark || positionals.length > 1) {
    console.error(usage)
    return 2
  }
  const folder = mkdtempSync(join(values.dir ?? tmpdir(), 'latchkey-bench-'))
  const started: Promise<Started | undefined>[] = []
  const atEnd: (() => Promise<void>)[] = []
  const session: Session = {
    folder,
    root,
    start(options) {
      const starting = start(options)
      // Also what is still on its way to being ready is ended.
      started.push(starting.catch(() => undefined))
      return starting
    },
    run,
    atEnd: (action) => void atEnd.push(action),
    say: (line) => console.error(line),
  }
  const end = async () => {
    await Promise.all(started.map(async (process) => (await process)?.stop()))
    await Promise.all(atEnd.splice(0).map((action) => action()))
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(1)))
  const machine = describeMachine(folder)
  try {
    const outcome = await benchmark(session, values, size)
    await end()
    console.log(`\n${outcome.text}\n\n${machineLines(machine)}\n`)
    for (const target of outcome.targets) console.log(verdict(target))
    for (const failure of outcome.failures) console.log(`FAILED  ${failure}`)
    if (values.profile) printHotspots(values.profile, root)
    if (values.json)
      writeFileSync(
        values.json,
        `${JSON.stringify({ benchmark: name, machine, ...asJson(outcome) }, null, 2)}\n`,
      )
    if (outcome.failures.length > 0) return 1
    return values.check && !outcome.targets.every(reached) ? 1 : 0
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  } finally {
    await end()
  }
}

/** The profiles are there once their processes have ended. */
function printHotspots(folder: string, root: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const { functions, places } = readHotspots(join(folder, file), root)
    console.log(`\n${file}`)
    for (const { name, share } of places.slice(0, 15))
      console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`)
    console.log('  self time by function')
    for (const { name, share } of functions.slice(0, 25))
      console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`)
  }
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean' },
      check: { type: 'boolean' },
      json: { type: 'string' },
      rounds: { type: 'string' },
      count: { type: 'string' },
      only: { type: 'string' },
      'warm-nonce': { type: 'boolean' },
      profile: { type: 'string' },
      dir: { type: 'string' },
    },
  })
}

type Values = ReturnType<typeof parse>['values']

interface Size {
  rounds: number | undefined
  count: number | undefined
}

/** @throws RangeError */
function sizeOf({ rounds, count }: Values): Size {
  return { rounds: positive('rounds', rounds), count: positive('count', count) }
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= 1_000_000) return value
  throw new RangeError(`--${name} must be a number from 1 to 1000000`)
}

/** Loaded when asked for, so that one does not need what only another one measures. */
const benchmarks: Record<string, (session: Session, values: Values, size: Size) => Promise<Outcome>> = {
  async signin(session, values, { rounds = 5, count = values.quick ? 300 : 1500 }) {
    const { signin } = await import('./signin/index.ts')
    return signin(session, {
      contenders: values.only?.split(',') ?? ['latchkey', 'better-auth', 'bare'],
      rounds,
      count,
      warmUp: values.quick ? 300 : 3000,
      width: 32,
      users: 100,
      warmNonce: values['warm-nonce'] ?? false,
      profiles: values.profile,
    })
  },
  async refresh(session, values, { rounds = 5, count = values.quick ? 3000 : 15_000 }) {
    const { refresh } = await import('./refresh/index.ts')
    return refresh(session, {
      contenders: values.only?.split(',') ?? ['latchkey', 'oidc-provider', 'bare'],
      rounds,
      count,
      warmUp: values.quick ? 3000 : 15_000,
      width: 32,
      sessions: 256,
      profiles: values.profile,
    })
  },
  async vault(session, values, { rounds = 5, count = values.quick ? 3000 : 15_000 }) {
    const { vault } = await import('./vault/index.ts')
    return vault(session, {
      contenders: values.only?.split(',') ?? ['latchkey', 'better-auth'],
      rounds,
      count,
      warmUp: values.quick ? 3000 : 15_000,
      width: 32,
      accounts: 100,
      profiles: values.profile,
    })
  },
  async reseal(session, values, { count = values.quick ? 5000 : 100_000 }) {
    const { reseal } = await import('./reseal/index.ts')
    return reseal(session, { accounts: count, width: 16, profiles: values.profile })
  },
  async overload(session, values) {
    const { overload } = await import('./overload/index.ts')
    return overload(session, {
      seconds: values.quick ? 4 : 15,
      times: 10,
      sessions: values.quick ? 1000 : 4000,
    })
  },
  async verify(session, values, { rounds = values.quick ? 3 : 5, count = values.quick ? 2000 : 5000 }) {
    const { verify } = await import('./verify/index.ts')
    return verify(session, { rounds, count })
  },
  async start(session, _, { rounds = 5 }) {
    const { startUp } = await import('./start/index.ts')
    return startUp(session, { rounds })
  },
}

function asJson({ targets, failures, data }: Outcome): Record<string, unknown> {
  return { targets: targets.map((target) => ({ ...target, reached: reached(target) })), failures, data }
}
