import { join } from 'node:path'
import * as jose from 'jose'
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
import { entries, type Running } from './contenders.ts'

export interface RefreshOptions extends RoundsOptions {
  contenders: string[]
  /** Sessions that take turns. */
  sessions: number
  profiles?: string | undefined
}

/** Refresh grants with DPoP and rotation. */
export async function refresh(session: Session, options: RefreshOptions): Promise<Outcome> {
  const { pinned, notes } = pinLoad()
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, '../signin/servers/provider.ts'), '100'],
    logDir: session.folder,
  })
  const running = new Map<string, Measured>()
  for (const name of options.contenders) {
    session.say(`starting ${name}`)
    const { sessions: browsers, profiles } = options
    const contender = await entries[name]?.run({ session, provider: provider.url, browsers, profiles })
    if (!contender) throw new Error(`no contender "${name}"`)
    await check(contender)
    running.set(name, measured(contender))
  }

  const { figures, failures } = await takeRounds(session, running, options)
  return {
    text: [...notes, figuresTable('refreshes', figures), legend(options, [...running.keys()])].join('\n\n'),
    targets: targetsOf(figures),
    failures,
    data: { options, pinned, contenders: Object.fromEntries(figures) },
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

/** Each browser has one refresh under way at most. */
function measured({ server, browsers }: Running): Measured {
  return {
    pid: server.pid,
    open() {
      const resting = [...browsers]
      const connections = createConnections()
      return {
        async one() {
          const browser = resting.shift()
          if (browser === undefined) throw new Error('more at once than there are sessions')
          await browser.refresh(connections)
          resting.push(browser)
        },
        close: () => connections.close(),
      }
    },
  }
}

function legend(options: RefreshOptions, names: string[]): string {
  return [
    ...names.map((name) => `${name}: ${entries[name]?.does}`),
    `Medians of ${options.rounds} interleaved rounds of ${options.count} refreshes, ${options.width} at once, ${options.sessions} sessions that take turns.`,
    ...howToRead('refreshes'),
  ].join('\n')
}

/** The figures to reach, for the contenders that ran. */
export function targetsOf(
  figures: ReadonlyMap<string, Pick<Figures, 'cpuMs' | 'perSecond' | 'p99'>>,
): Target[] {
  const [latchkey, postgres, peer, floor] = ['latchkey', 'latchkey-postgres', 'oidc-provider', 'bare'].map(
    (name) => figures.get(name),
  )
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
  if (postgres) {
    const value = postgres.perSecond
    targets.push({
      what: 'refreshes with PostgreSQL beside',
      value,
      limit: 1200,
      bound: 'at least',
      unit: '/s',
    })
  }
  if (latchkey && peer) {
    targets.push({
      what: 'refreshes for the same CPU time, Latchkey / oidc-provider',
      value: peer.cpuMs / latchkey.cpuMs,
      limit: 2,
      bound: 'at least',
    })
  }
  if (latchkey && floor) {
    targets.push({
      what: 'CPU time of a refresh, Latchkey / the floor',
      value: latchkey.cpuMs / floor.cpuMs,
      limit: 1.5,
      bound: 'at most',
    })
  }
  return targets
}
