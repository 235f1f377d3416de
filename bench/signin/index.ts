import { join } from 'node:path'
import type { Outcome, Session } from '../measure/outcome.ts'
import type { Target } from '../measure/report.ts'
import {
  type Figures,
  figuresTable,
  howToRead,
  loadCore,
  type Measured,
  pinLoad,
  type RoundsOptions,
  takeRounds,
} from '../measure/rounds.ts'
import { createConnections } from './connections.ts'
import { entries, type Running } from './contenders.ts'

export interface SigninOptions extends Omit<RoundsOptions, 'load'> {
  contenders: string[]
  /** Users who take turns; all have signed up when the warm-up is over. */
  users: number
  warmNonce: boolean
  profiles?: string | undefined
}

export async function signin(session: Session, options: SigninOptions): Promise<Outcome> {
  const { pinned, notes } = pinLoad()
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, 'servers', 'provider.ts'), String(options.users)],
    logDir: session.folder,
  })
  const running = new Map<string, Measured>()
  for (const name of options.contenders) {
    session.say(`starting ${name}`)
    const { warmNonce, profiles } = options
    const contender = await entries[name]?.run({ session, provider: provider.url, warmNonce, profiles })
    if (!contender) throw new Error(`no contender "${name}"`)
    const connections = createConnections()
    await contender.check(await contender.journey(connections), connections)
    connections.close()
    running.set(name, measured(contender))
  }

  const { figures, failures } = await takeRounds(session, running, { ...options, load: [provider.pid] })
  return {
    text: [...notes, render(figures), legend(options, [...running.keys()])].join('\n\n'),
    targets: targetsOf(figures),
    failures,
    data: { options, pinned, contenders: Object.fromEntries(figures) },
  }
}

function measured({ server, journey }: Running): Measured {
  return {
    pid: server.pid,
    open() {
      const connections = createConnections()
      return { one: () => journey(connections), close: () => connections.close() }
    },
  }
}

function render(figures: ReadonlyMap<string, Figures>): string {
  const latchkey = figures.get('latchkey')
  if (!latchkey) return figuresTable('sign-ins', figures)
  return figuresTable('sign-ins', figures, {
    'Latchkey: sign-ins x': (own) => latchkey.perSecond / own.perSecond,
    'CPU x': (own) => latchkey.cpuMs / own.cpuMs,
  })
}

function legend(options: SigninOptions, names: string[]): string {
  const lines = names.map((name) => `${name}: ${entries[name]?.does}`)
  lines.push(
    `Medians of ${options.rounds} interleaved rounds of ${options.count} sign-ins, ${options.width} at once, ${options.users} returning users, ${options.warmNonce ? 'DPoP nonce known' : 'a fresh browser each (its first DPoP proof has no nonce)'}; SQLite in WAL mode, synchronous FULL.`,
    ...howToRead('sign-ins'),
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
