import { join } from 'node:path'
import * as jose from 'jose'
import { type Busy, watched } from '../measure/busy.ts'
import type { Outcome, Session } from '../measure/outcome.ts'
import { usageOf } from '../measure/proc.ts'
import { pinning, pinSelf } from '../measure/processes.ts'
import { figure, type Target, table } from '../measure/report.ts'
import { interleave, median, percentile, spread } from '../measure/statistics.ts'
import { createConnections } from '../signin/connections.ts'
import { runLoad } from '../signin/load.ts'
import { entries, type Running } from './contenders.ts'

export interface RefreshOptions {
  contenders: string[]
  rounds: number
  /** Refreshes a round and contender. */
  count: number
  /** Refreshes before the first round, uncounted. */
  warmUp: number
  /** Refreshes at once, each of another session. */
  width: number
  /** Sessions that take turns. */
  sessions: number
  profiles?: string | undefined
}

/** `cpuMs` is that of one refresh. */
interface Round extends Busy {
  perSecond: number
  /** From sending a request, its proof made, to having read the answer, in milliseconds. */
  p50: number
  p99: number
}

interface Figures extends Round {
  cpuSpread: number
  rssMb: number
  rounds: Round[]
}

const loadCore = 1
const roundTimeoutMs = 120_000

/** Refresh grants with DPoP and rotation. */
export async function refresh(session: Session, options: RefreshOptions): Promise<Outcome> {
  const failures: string[] = []
  const pins = pinning()
  if (pins.available) pinSelf(loadCore)
  const notes = pins.available
    ? []
    : [`NOT PINNED: ${pins.reason}; figures of different contenders disturb each other.`]
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, '../signin/servers/provider.ts'), '100'],
    logDir: session.folder,
  })
  const running = new Map<string, Running>()
  for (const name of options.contenders) {
    session.say(`starting ${name}`)
    const { sessions: browsers, profiles } = options
    const contender = await entries[name]?.run({ session, provider: provider.url, browsers, profiles })
    if (!contender) throw new Error(`no contender "${name}"`)
    await check(contender)
    running.set(name, contender)
  }

  async function measure(name: string, { server, browsers }: Running, count: number): Promise<Round> {
    const resting = [...browsers]
    const latencies: number[] = []
    const connections = createConnections()
    const one = async (): Promise<void> => {
      const browser = resting.shift()
      if (browser === undefined) throw new Error('more at once than there are sessions')
      const began = performance.now()
      await browser.refresh(connections)
      latencies.push(performance.now() - began)
      resting.push(browser)
    }
    const { result: load, busy } = await watched({ server: server.pid, load: [] }, () =>
      runLoad(one, { count, width: options.width, timeoutMs: roundTimeoutMs }),
    )
    connections.close()
    for (const [message, times] of load.errors) failures.push(`${name}: ${times} x ${message}`)
    return {
      ...busy,
      perSecond: load.done / load.seconds,
      cpuMs: busy.cpuMs / load.done,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
    }
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

/** Proves, before anything is measured, that a refresh yields what a service takes: a JWT bound to the browser's key. */
async function check({ server, browsers: [browser] }: Running): Promise<void> {
  if (browser === undefined) throw new Error('nobody is signed in')
  const connections = createConnections()
  const keys = jose.createRemoteJWKSet(new URL(`${server.url}/jwks`))
  const { payload } = await jose.jwtVerify(await browser.refresh(connections), keys, {
    ...{ issuer: server.url, audience: 'https://api.example.com', typ: 'at+jwt', algorithms: ['ES256'] },
  })
  connections.close()
  const bound: unknown = Reflect.get(Object(payload.cnf), 'jkt')
  if (bound !== browser.thumbprint) throw new Error(`the access token is bound to ${String(bound)}`)
}

export function summarise(rounds: Round[], rssMb: number): Figures {
  const of = (key: keyof Round) => median(rounds.map((round) => round[key]))
  return {
    ...{ perSecond: of('perSecond'), cpuMs: of('cpuMs'), p50: of('p50'), p99: of('p99') },
    ...{ serverBusy: of('serverBusy'), loadBusy: of('loadBusy'), othersBusy: of('othersBusy') },
    cpuSpread: spread(rounds.map(({ cpuMs }) => cpuMs)),
    rssMb,
    rounds,
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function render(figures: ReadonlyMap<string, Figures>): string {
  const rows = Array.from(figures, ([name, own]) => [
    name,
    ...[own.perSecond, own.cpuMs].map(figure),
    percent(own.cpuSpread),
    ...[own.p50, own.p99, own.rssMb].map(figure),
    ...[own.serverBusy, own.loadBusy, own.othersBusy].map(percent),
  ])
  const head = ['contender', 'refreshes/s', 'CPU ms each', 'spread', 'p50 ms', 'p99 ms', 'RSS MB']
  return table([...head, 'server busy', 'load busy', 'others busy'], rows)
}

function legend(options: RefreshOptions, names: string[]): string {
  return [
    ...names.map((name) => `${name}: ${entries[name]?.does}`),
    `Medians of ${options.rounds} interleaved rounds of ${options.count} refreshes, ${options.width} at once, ${options.sessions} sessions that take turns.`,
    '"others busy" above a few %: somebody else is at work; refreshes/s and latencies say little then, CPU each a little less than usual.',
    '"load busy" near 100 %: refreshes/s is what the load generator could ask for, not what the server could give; CPU each still holds.',
  ].join('\n')
}

/** The figures to reach, for the contenders that ran. */
export function targetsOf(
  figures: ReadonlyMap<string, Pick<Figures, 'cpuMs' | 'perSecond' | 'p99'>>,
): Target[] {
  const [latchkey, peer] = ['latchkey', 'oidc-provider'].map((name) => figures.get(name))
  const targets: Target[] = []
  if (latchkey) {
    targets.push(
      {
        what: 'refreshes on one core',
        value: latchkey.perSecond,
        limit: 3000,
        bound: 'at least',
        unit: '/s',
      },
      { what: 'p99', value: latchkey.p99, limit: 25, bound: 'at most', unit: 'ms' },
    )
  }
  if (latchkey && peer) {
    targets.push({
      what: 'refreshes for the same CPU time, Latchkey / oidc-provider',
      value: peer.cpuMs / latchkey.cpuMs,
      limit: 2,
      bound: 'at least',
    })
  }
  return targets
}
