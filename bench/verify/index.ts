import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome, Session } from '../measure/outcome.ts'
import { figure, type Target, table } from '../measure/report.ts'
import { interleave, median } from '../measure/statistics.ts'
import { contenders } from './contenders.ts'
import { type Algorithm, algorithms, type Batch, createBatch } from './tokens.ts'
import type { Speeds } from './worker.ts'

export interface VerifyOptions {
  rounds: number
  /** Different tokens of each algorithm. */
  count: number
}

/** Medians of one contender and algorithm, operations a second of one core. */
export interface Medians {
  contender: string
  algorithm: Algorithm
  fresh: number
  seen?: number
}

const core = 0

export async function verify(session: Session, { rounds, count }: VerifyOptions): Promise<Outcome> {
  session.say(`signing ${count} tokens of each algorithm`)
  const batches: Batch[] = []
  for (const algorithm of algorithms) batches.push(await createBatch(algorithm, count))
  const file = join(session.folder, 'batches.json')
  writeFileSync(file, JSON.stringify(batches))

  const measured: (Speeds & { contender: string })[] = []
  const failures: string[] = []
  for (let round = 0; round < rounds && failures.length === 0; round++) {
    for (const contender of interleave(Object.keys(contenders), round)) {
      session.say(`round ${round + 1}: ${contender}`)
      try {
        const printed = await session.run({
          core,
          args: [join(import.meta.dirname, 'worker.ts'), contender, file],
        })
        const speeds: Speeds[] = JSON.parse(printed)
        measured.push(...speeds.map((speed) => ({ contender, ...speed })))
      } catch (error) {
        failures.push(`${contender}: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  const medians = failures.length === 0 ? summarise(measured) : []
  return {
    text: [render(medians), legend(rounds, count)].join('\n\n'),
    targets: targetsOf(medians),
    failures,
    data: { rounds, count, medians, measured },
  }
}

export function summarise(measured: readonly (Speeds & { contender: string })[]): Medians[] {
  const groups = Map.groupBy(measured, ({ contender, algorithm }) => `${contender} ${algorithm}`)
  return Array.from(groups.values()).flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { contender, algorithm } = first
    const fresh = median(group.map((speed) => speed.fresh))
    const seen = group.flatMap((speed) => speed.seen ?? [])
    return [{ contender, algorithm, fresh, ...(seen.length > 0 ? { seen: median(seen) } : {}) }]
  })
}

function render(medians: readonly Medians[]): string {
  const rows = Object.keys(contenders).map((name) => {
    const own = algorithms.map((algorithm) =>
      medians.find((one) => one.contender === name && one.algorithm === algorithm),
    )
    const cells = [...own.map((one) => one?.fresh), ...own.map((one) => one?.seen)]
    return [name, ...cells.map((value) => (value === undefined ? '-' : figure(value)))]
  })
  const head = [
    'verifications per second of one core',
    ...algorithms.map((name) => `${name} new`),
    ...algorithms.map((name) => `${name} seen`),
  ]
  return table(head, rows)
}

function legend(rounds: number, count: number): string {
  const lines = Object.entries(contenders).map(([name, { does }]) => `${name}: ${does}`)
  lines.push(
    `Medians of ${rounds} interleaved rounds, each contender in a fresh process; ${count} different tokens of each algorithm ("new"), 1 000 of them again and again ("seen"); 32 under way at once where the library is asynchronous. Counted per second of CPU time, all threads.`,
  )
  return lines.join('\n')
}

/** "As fast as": within the 25 % below which differences are noise. */
const asFast = 0.75

export function targetsOf(medians: readonly Medians[]): Target[] {
  return algorithms.flatMap((algorithm) => {
    const all = medians.filter((one) => one.algorithm === algorithm)
    const own = all.find(({ contender }) => contender === 'latchkey')
    const peers = all.filter((one) => one !== own && !contenders[one.contender]?.aside)
    if (!own || peers.length === 0) return []
    const targets: Target[] = []
    if (algorithm === 'ES256') {
      targets.push(
        { what: 'new tokens, ES256', value: own.fresh, limit: 8000, bound: 'at least', unit: '/s' },
        {
          what: 'seen tokens, ES256',
          value: own.seen ?? Number.NaN,
          limit: 300_000,
          bound: 'at least',
          unit: '/s',
        },
      )
    }
    const best = (key: 'fresh' | 'seen') => Math.max(...peers.map((peer) => peer[key] ?? 0))
    targets.push(
      {
        what: `new tokens, ${algorithm}, Latchkey / fastest peer`,
        value: own.fresh / best('fresh'),
        limit: asFast,
        bound: 'at least',
      },
      {
        what: `seen tokens, ${algorithm}, Latchkey / fastest peer`,
        value: (own.seen ?? Number.NaN) / best('seen'),
        limit: asFast,
        bound: 'at least',
      },
    )
    return targets
  })
}
