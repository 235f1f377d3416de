import { type Busy, watched } from './busy.ts'
import { runLoad } from './load.ts'
import type { Session } from './outcome.ts'
import { usageOf } from './proc.ts'
import { pinning, pinSelf } from './processes.ts'
import { figure, table } from './report.ts'
import { interleave, median, percentile, spread } from './statistics.ts'

/** A server that is up and ready to be measured. */
export interface Measured {
  pid: number
  /** Called before each round: what is kept open between rounds, such as connections, a server may have closed. */
  open(): Lane
}

/** What one round asks for, many at once. */
export interface Lane {
  /** One operation; throws when anything is not as it should be. */
  one(): Promise<unknown>
  close(): void
}

export interface RoundsOptions {
  rounds: number
  /** Operations a round and contender. */
  count: number
  /** Operations before the first round, uncounted. */
  warmUp: number
  /** Operations at once. */
  width: number
  /** Pids of what else loads the servers, such as a mock provider. */
  load?: number[]
}

/** `cpuMs` is that of one operation. */
export interface Round extends Busy {
  perSecond: number
  /** What one operation took, as its caller sees it, in milliseconds. */
  p50: number
  p99: number
}

/** Medians of the rounds. */
export interface Figures extends Round {
  cpuSpread: number
  /** After the last round. */
  rssMb: number
  rounds: Round[]
}

export interface Rounds {
  figures: Map<string, Figures>
  failures: string[]
}

/** The core of the load and of everything that belongs to it. */
export const loadCore = 1
/** The core of the servers. */
export const serverCore = 0
const roundTimeoutMs = 120_000

/** Moves this process to the load's core, for good; says so where it cannot. */
export function pinLoad(): { pinned: boolean; notes: string[] } {
  const pins = pinning()
  if (!pins.available) {
    const note = `NOT PINNED: ${pins.reason}; figures of different contenders disturb each other.`
    return { pinned: false, notes: [note] }
  }
  pinSelf(loadCore)
  return { pinned: true, notes: [] }
}

/**
 * Warms every contender up, then gives each its turn in every round, the first one changing. Ends early when anything
 * fails: then the figures are worth nothing.
 */
export async function takeRounds(
  { say }: Pick<Session, 'say'>,
  contenders: ReadonlyMap<string, Measured>,
  options: RoundsOptions,
): Promise<Rounds> {
  const failures: string[] = []

  async function measure(name: string, { pid, open }: Measured, count: number): Promise<Round> {
    const { one, close } = open()
    const { width, load = [] } = options
    const latencies: number[] = []
    const timed = async (): Promise<void> => {
      const began = performance.now()
      await one()
      latencies.push(performance.now() - began)
    }
    const { result, busy } = await watched({ server: pid, load }, () =>
      runLoad(timed, { count, width, timeoutMs: roundTimeoutMs }),
    )
    close()
    for (const [message, times] of result.errors) failures.push(`${name}: ${times} x ${message}`)
    return roundOf({ ...result, busy, latencies })
  }

  const rounds = new Map(Array.from(contenders.keys(), (name): [string, Round[]] => [name, []]))
  for (const [name, contender] of contenders) {
    say(`warming up ${name}`)
    await measure(name, contender, options.warmUp)
  }
  for (let round = 0; round < options.rounds && failures.length === 0; round++) {
    for (const [name, contender] of interleave([...contenders], round)) {
      const own = await measure(name, contender, options.count)
      rounds.get(name)?.push(own)
      say(`round ${round + 1}: ${name} ${figure(own.perSecond)}/s, ${figure(own.cpuMs)} ms`)
    }
  }
  const figures = new Map<string, Figures>()
  for (const [name, { pid }] of contenders) {
    const own = rounds.get(name) ?? []
    if (own.length > 0) figures.set(name, summarise(own, usageOf(pid).rssMb))
  }
  return { figures, failures }
}

/** `busy.cpuMs` is that of the whole round. Where nothing was done there is no figure, only failures. */
export function roundOf(measured: {
  done: number
  seconds: number
  busy: Busy
  latencies: readonly number[]
}): Round {
  const { done, seconds, busy, latencies } = measured
  const at = (share: number) => (latencies.length === 0 ? Number.NaN : percentile(latencies, share))
  return { ...busy, perSecond: done / seconds, cpuMs: busy.cpuMs / done, p50: at(0.5), p99: at(0.99) }
}

export function summarise(rounds: readonly Round[], rssMb: number): Figures {
  const of = (key: keyof Round) => median(rounds.map((round) => round[key]))
  return {
    ...{ perSecond: of('perSecond'), cpuMs: of('cpuMs'), p50: of('p50'), p99: of('p99') },
    ...{ serverBusy: of('serverBusy'), loadBusy: of('loadBusy'), othersBusy: of('othersBusy') },
    cpuSpread: spread(rounds.map(({ cpuMs }) => cpuMs)),
    rssMb,
    rounds: [...rounds],
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

/**
 * The figures as a table, a row a contender.
 * @param operations what is counted, such as "sign-ins"
 * @param further more columns: their title, and what stands in them
 */
export function figuresTable(
  operations: string,
  figures: ReadonlyMap<string, Figures>,
  further: Record<string, (own: Figures) => number> = {},
): string {
  const rows = Array.from(figures, ([name, own]) => [
    name,
    ...[own.perSecond, own.cpuMs].map(figure),
    percent(own.cpuSpread),
    ...[own.p50, own.p99, own.rssMb].map(figure),
    ...[own.serverBusy, own.loadBusy, own.othersBusy].map(percent),
    ...Object.values(further).map((value) => figure(value(own))),
  ])
  const head = ['contender', `${operations}/s`, 'CPU ms each', 'spread', 'p50 ms', 'p99 ms', 'RSS MB']
  return table([...head, 'server busy', 'load busy', 'others busy', ...Object.keys(further)], rows)
}

/** How to read `figuresTable`. */
export const howToRead = (operations: string): string[] => [
  `"others busy" above a few %: somebody else is at work. ${operations}/s and latencies say little then, and each costs a little more CPU (cold caches), not equally for all: measure again.`,
  `"load busy" near 100 %: ${operations}/s is what the load generator could ask for, not what the server could give; CPU each still holds.`,
]
