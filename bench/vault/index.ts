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
import { createConnections } from '../signin/connections.ts'
import { member } from '../signin/http.ts'
import { entries, type Running } from './contenders.ts'

export interface VaultOptions extends RoundsOptions {
  contenders: string[]
  /** Connected accounts that take turns. */
  accounts: number
  profiles?: string | undefined
}

/** Hand-outs of provider tokens that are fresh. */
export async function vault(session: Session, options: VaultOptions): Promise<Outcome> {
  const { pinned, notes } = pinLoad()
  const { accounts, profiles } = options
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, '../signin/servers/provider.ts'), String(accounts)],
    logDir: session.folder,
  })
  const running = new Map<string, Measured>()
  for (const name of options.contenders) {
    session.say(`starting ${name}`)
    const contender = await entries[name]?.run({ session, provider: provider.url, accounts, profiles })
    if (!contender) throw new Error(`no contender "${name}"`)
    running.set(name, measured(contender))
  }
  const { figures, failures } = await takeRounds(session, running, options)
  return {
    text: [...notes, figuresTable('hand-outs', figures), legend(options, [...running.keys()])].join('\n\n'),
    targets: targetsOf(figures),
    failures,
    data: { options, pinned, contenders: Object.fromEntries(figures) },
  }
}

/** Every answer is read, and has a token. */
function measured({ server, asks }: Running): Measured {
  let turn = 0
  return {
    pid: server.pid,
    open() {
      const connections = createConnections()
      return {
        async one() {
          const ask = asks[turn++ % asks.length]
          if (ask === undefined) throw new Error('no account is connected')
          const reply = await connections.exchange(ask.url, 'POST', ask.headers, ask.body)
          if (reply.status !== 200 || member(reply, ask.member) === '') {
            throw new Error(`hand-out: ${reply.status} ${reply.body.slice(0, 300)}`)
          }
        },
        close: () => connections.close(),
      }
    },
  }
}

function legend(options: VaultOptions, names: string[]): string {
  return [
    ...names.map((name) => `${name}: ${entries[name]?.does}`),
    `Medians of ${options.rounds} interleaved rounds of ${options.count} hand-outs, ${options.width} at once, ${options.accounts} connected accounts that take turns.`,
    ...howToRead('hand-outs'),
  ].join('\n')
}

/** The figures to reach, for the contenders that ran. */
export function targetsOf(figures: ReadonlyMap<string, Pick<Figures, 'cpuMs' | 'perSecond'>>): Target[] {
  const [latchkey, peer] = ['latchkey', 'better-auth'].map((name) => figures.get(name))
  if (!latchkey) return []
  const perSecond: Target = {
    what: 'hand-outs on one core',
    ...{ value: latchkey.perSecond, limit: 3000, bound: 'at least', unit: '/s' },
  }
  if (!peer) return [perSecond]
  const ratio = peer.cpuMs / latchkey.cpuMs
  return [
    perSecond,
    {
      what: 'hand-outs for the same CPU time, Latchkey / Better Auth',
      value: ratio,
      limit: 2,
      bound: 'at least',
    },
  ]
}
