import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openStorage } from '@latchkey/server/storage'
import { serve } from '../latchkey.ts'
import type { Outcome, Session } from '../measure/outcome.ts'
import { freePort } from '../measure/processes.ts'
import { figure, table } from '../measure/report.ts'
import { loadCore, pinLoad, serverCore } from '../measure/rounds.ts'
import { createConnections } from '../signin/connections.ts'
import { ownToken } from '../vault/contenders.ts'
import { install } from './installation.ts'
import { type Seen, startReaders } from './readers.ts'

export interface ResealOptions {
  accounts: number
  /** Hand-outs under way at once. */
  width: number
  profiles?: string | undefined
}

/** Milliseconds of hand-outs alone, to compare with. */
const aloneMs = 5_000

interface Run {
  what: string
  seen: Seen
  /** By the command's own account. */
  rows?: number
  left?: number
}

/** `latchkey secrets rotate` in a process of its own, while a server hands out tokens from the same database. */
export async function reseal(session: Session, options: ResealOptions): Promise<Outcome> {
  const { notes } = pinLoad()
  const { accounts, width, profiles } = options
  session.say(`connecting ${accounts} accounts`)
  const port = await freePort()
  const { config, databaseFile, connectionIds } = await install(session.folder, port, accounts)
  const server = await serve(session, { name: 'latchkey', config, core: serverCore, profiles })
  const connections = createConnections()
  const token = await ownToken(server.url, connections)
  connections.close()
  const readers = startReaders(server.url, token, connectionIds, width)
  const runs: Run[] = []
  try {
    await setTimeout(aloneMs)
    runs.push({ what: 'hand-outs alone', seen: readers.take() })
    for (const what of ['old secret -> new secret and data key', 'data key -> new data key']) {
      session.say(what)
      readers.take()
      const rows = await rotate(session, config)
      const seen = readers.take()
      runs.push({ what, seen, rows, left: await keysInUse(databaseFile) })
    }
    await setTimeout(aloneMs)
    runs.push({ what: 'hand-outs alone, after', seen: readers.take() })
  } finally {
    await readers.stop()
  }
  return {
    text: [...notes, shown(runs), legend(options)].join('\n\n'),
    targets: runs.map(({ what, seen }) => ({
      ...{ what: `failed hand-outs, ${what}`, value: seen.failed, limit: 0, bound: 'at most' },
    })),
    failures: runs.flatMap(({ what, seen, rows = accounts, left = 1 }) => [
      ...seen.failures.map((failure) => `${what}: ${failure}`),
      ...(rows === accounts ? [] : [`${what}: ${rows} of ${accounts} connections were sealed anew`]),
      ...(left === 1 ? [] : [`${what}: sealed with ${left} keys afterwards`]),
    ]),
    data: { options, runs },
  }
}

/** How many connections it sealed anew. */
async function rotate({ run, root }: Session, config: string): Promise<number> {
  const command = [join(root, 'packages/server/bin/latchkey.mjs'), 'secrets', 'rotate', '--json']
  const args = [...command, '--config', config]
  const printed: unknown = JSON.parse(await run({ args, core: loadCore, timeoutMs: 600_000 }))
  if (typeof printed === 'object' && printed !== null && 'connections' in printed) {
    return Number(printed.connections)
  }
  throw new Error('secrets rotate printed something else')
}

async function keysInUse(file: string): Promise<number> {
  const storage = await openStorage({ engine: 'sqlite', file, synchronous: 'full' })
  try {
    return (await storage.connections.keyIds()).length
  } finally {
    await storage.close()
  }
}

function shown(runs: readonly Run[]): string {
  const head = ['', 'connections', 'seconds', 'sealed anew/s', 'hand-outs', 'hand-outs/s', 'failed']
  return table(
    [...head, 'p50 ms', 'p99 ms', 'max ms'],
    runs.map(({ what, rows, seen }) => [
      what,
      rows === undefined ? '' : figure(rows),
      figure(seen.seconds),
      rows === undefined ? '' : figure(rows / seen.seconds),
      String(seen.handOuts),
      figure(seen.handOuts / seen.seconds),
      ...[String(seen.failed), figure(seen.p50Ms), figure(seen.p99Ms), figure(seen.maxMs)],
    ]),
  )
}

const legend = ({ accounts, width }: ResealOptions): string =>
  [
    `${accounts} connected accounts, ${width} hand-outs at once without a pause, each of the next connection. Seconds are those of the whole command, its start included.`,
    'The load and the command share a core. Each connection’s first hand-out in a minute writes when it was used, so both processes write.',
  ].join('\n')
