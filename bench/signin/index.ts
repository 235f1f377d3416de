import { join } from 'node:path'
import { type Busy, watched } from '../measure/busy.ts'
import type { Outcome, Session } from '../measure/outcome.ts'
import { usageOf } from '../measure/proc.ts'
import { pinning, pinSelf } from '../measure/processes.ts'
import { figure, type Target, table } from '../measure/report.ts'
import { interleave, median, spread } from '../measure/statistics.ts'
import { createConnections } from './connections.ts'
import { entries, type Running } from './contenders.ts'
import { runLoad } from './load.ts'

export interface SigninOptions {
  contenders: string[]
  rounds: number
  /** Sign-ins a round and contender. */
  count: number
  /** Sign-ins before the first round, uncounted; every user has signed up by then. */
  warmUp: number
  /** Journeys at once. */
  width: number
  /** Users who take turns. */
  users: number
  warmNonce: boolean
  profiles?: string | undefined
}

/** `cpuMs` is that of one sign-in. */
interface Round extends Busy {
  perSecond: number
}

interface Figures {
  perSecond: number
  cpuMs: number
  cpuSpread: number
  rssMb: number
  serverBusy: number
  loadBusy: number
  othersBusy: number
  rounds: Round[]
}

const loadCore = 1
const roundTimeoutMs = 120_000

export async function signin(session: Session, options: SigninOptions): Promise<Outcome> {
  const failures: string[] = []
  const pins = pinning()
  if (pins.available) pinSelf(loadCore)
  const notes = pins.available
    ? []
    : [`NOT PINNED: ${pins.reason}; figures of different contenders disturb each other.`]
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, 'servers', 'provider.ts'), String(options.users)],
    logDir: session.folder,
  })
  const running = new Map<string, Running>()
  for (const name of options.contenders) {
    session.say(`starting ${name}`)
    const { warmNonce, profiles } = options
    const contender = await entries[name]?.run({ session, provider: provider.url, warmNonce, profiles })
    if (!contender) throw new Error(`no contender "${name}"`)
    const connections = createConnections()
    await contender.check(await contender.journey(connections), connections)
    connections.close()
    running.set(name, contender)
  }

  /** One round; also notes what went wrong. */
  async function measure(name: string, { server, journey }: Running, count: number): Promise<Round> {
    // Fresh ones: idle since its last round, a server may have closed them.
    const connections = createConnections()
    const { result: load, busy } = await watched({ server: server.pid, load: [provider.pid] }, () =>
      runLoad(() => journey(connections), { count, width: options.width, timeoutMs: roundTimeoutMs }),
    )
    connections.close()
    for (const [message, times] of load.errors) failures.push(`${name}: ${times} x ${message}`)
    return { ...busy, perSecond: load.done / load.seconds, cpuMs: busy.cpuMs / load.done }
  }

  const rounds = new Map(options.contenders.map((name): [string, Round[]] => [name, []]))
  for (const [name, contender] of running) {
    session.say(`warming up ${name}`)
    await measure(name, contender, options.warmUp)
  }
  for (let round = 0; round < options.rounds && failures.length === 0; round++) {
    for (const [name, contender] of interleave([...running], round)) {
      const figures = await measure(name, contender, options.count)
      rounds.get(name)?.push(figures)
      session.say(`round ${round + 1}: ${name} ${figure(figures.perSecond)}/s, ${figure(figures.cpuMs)} ms`)
    }
  }
  const figures = new Map<string, Figures>()
  for (const [name, { server }] of running) {
    const own = rounds.get(name) ?? []
    if (own.length > 0) figures.set(name, summarise(own, usageOf(server.pid).rssMb))
  }
  return {
    text: [...notes, render(figures), legend(options, [...running.keys()])].join('\n\n'),
    targets: targetsOf(figures),
    failures,
    data: { options, pinned: pins.available, contenders: Object.fromEntries(figures) },
  }
}

export function summarise(rounds: Round[], rssMb: number): Figures {
  const of = (key: keyof Round) => rounds.map((round) => round[key])
  return {
    perSecond: median(of('perSecond')),
    cpuMs: median(of('cpuMs')),
    cpuSpread: spread(of('cpuMs')),
    rssMb,
    serverBusy: median(of('serverBusy')),
    loadBusy: median(of('loadBusy')),
    othersBusy: median(of('othersBusy')),
    rounds,
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function render(figures: ReadonlyMap<string, Figures>): string {
  const latchkey = figures.get('latchkey')
  const rows = Array.from(figures, ([name, own]) => [
    name,
    figure(own.perSecond),
    figure(own.cpuMs),
    percent(own.cpuSpread),
    figure(own.rssMb),
    percent(own.serverBusy),
    percent(own.loadBusy),
    percent(own.othersBusy),
    latchkey ? figure(latchkey.perSecond / own.perSecond) : '-',
    latchkey ? figure(latchkey.cpuMs / own.cpuMs) : '-',
  ])
  const head = [
    'contender',
    'sign-ins/s',
    'CPU ms each',
    'spread',
    'RSS MB',
    'server busy',
    'load busy',
    'others busy',
  ]
  return table([...head, 'Latchkey: sign-ins x', 'CPU x'], rows)
}

function legend(options: SigninOptions, names: string[]): string {
  const lines = names.map((name) => `${name}: ${entries[name]?.does}`)
  lines.push(
    `Medians of ${options.rounds} interleaved rounds of ${options.count} sign-ins, ${options.width} at once, ${options.users} returning users, ${options.warmNonce ? 'DPoP nonce known' : 'a fresh browser each (its first DPoP proof has no nonce)'}; SQLite in WAL mode, synchronous FULL.`,
    '"others busy" above a few %: somebody else is at work. It costs sign-ins/s, and makes each sign-in dearer (cold caches), not equally for all: measure again.',
    '"load busy" near 100 %: sign-ins/s is what the load generator could ask for, not what the server could give; CPU each still holds.',
  )
  return lines.join('\n')
}

/** The figures to reach, for the contenders that ran. */
export function targetsOf(figures: ReadonlyMap<string, Pick<Figures, 'cpuMs' | 'perSecond'>>): Target[] {
  const [latchkey, peer, bare] = ['latchkey', 'better-auth', 'bare'].map((name) => figures.get(name))
  const targets: Target[] = []
  if (latchkey && peer) {
    targets.push(
      {
        what: 'CPU per sign-in, Latchkey / Better Auth',
        value: latchkey.cpuMs / peer.cpuMs,
        limit: 1 / 3,
        bound: 'at most',
      },
      {
        what: 'sign-ins per second, Latchkey / Better Auth',
        value: latchkey.perSecond / peer.perSecond,
        limit: 3,
        bound: 'at least',
      },
    )
  }
  if (latchkey && bare) {
    targets.push({
      what: 'CPU per sign-in, Latchkey / bare loop',
      value: latchkey.cpuMs / bare.cpuMs,
      limit: 1.6,
      bound: 'at most',
    })
  }
  return targets
}
