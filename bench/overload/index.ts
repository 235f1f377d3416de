import { join } from 'node:path'
import { serve, writeConfig } from '../latchkey.ts'
import { watched } from '../measure/busy.ts'
import { runLoad } from '../measure/load.ts'
import type { Outcome, Session } from '../measure/outcome.ts'
import { usageOf } from '../measure/proc.ts'
import { freePort } from '../measure/processes.ts'
import { figure, type Target, table } from '../measure/report.ts'
import { loadCore, pinLoad, serverCore } from '../measure/rounds.ts'
import { percentile } from '../measure/statistics.ts'
import { type SignedInBrowser, signedInBrowser } from '../refresh/browser.ts'
import { type Connections, createConnections } from '../signin/connections.ts'
import { codeFlow } from '../signin/journeys/code-flow.ts'
import { offer } from './open-loop.ts'
import { emptyTally, type Tally, tallied } from './tally.ts'

export interface OverloadOptions {
  /** Seconds of overload, for each kind of load. */
  seconds: number
  /** How many times the capacity is offered. */
  times: number
  /** Sessions that refresh. */
  sessions: number
}

/** What is asked for again and again. */
interface Kind {
  name: string
  one(connections: Connections): Promise<unknown>
  /** Something to ask for is at hand. */
  has(): boolean
}

interface Figures {
  kind: string
  capacity: number
  /** Requests of the load in a second, and of them those that were turned away. */
  offered: number
  shed: number
  served: number
  p99: number
  shedP50: number
  rssMb: number
  tally: Tally
  errors: Map<string, number>
}

const spa = 'http://localhost:5199'

/** Many times more than a server can do, from a load that no answer slows down: what is still done, and how fast. */
export async function overload(session: Session, options: OverloadOptions): Promise<Outcome> {
  const { notes } = pinLoad()
  const provider = await session.start({
    name: 'provider',
    core: loadCore,
    args: [join(import.meta.dirname, '../signin/servers/provider.ts'), '100'],
    logDir: session.folder,
  })
  const settings = {
    ...{ clientId: 'bench', clientSecret: 'bench-secret', provider: provider.url, spa },
    port: await freePort(),
    database: join(session.folder, 'latchkey.db'),
  }
  const config = writeConfig(session.folder, 'latchkey', settings, 'required')
  const server = await serve(session, { name: 'latchkey', config, core: serverCore })
  const flow = codeFlow({
    ...{ issuer: server.url, spa, dpop: true, warmNonce: true },
    extra: { provider: 'mock', scope: 'profile email' },
  })
  session.say(`signing ${options.sessions} sessions in`)
  const browsers = await signedIn(options.sessions, server.url, flow.journey)
  const kinds: Kind[] = [
    { name: 'sign-ins', one: (connections) => flow.journey(connections), has: () => true },
    refreshing(browsers),
  ]
  const all: Figures[] = []
  for (const kind of kinds) all.push(await measure(kind, server, options, session))
  return {
    text: [...notes, tableOf(all), legend(options)].join('\n\n'),
    targets: all.flatMap(targetsOf),
    failures: all.flatMap(failuresOf),
    data: { options, figures: all.map(({ tally: _, ...own }) => own) },
  }
}

async function signedIn(
  count: number,
  issuer: string,
  journey: ReturnType<typeof codeFlow>['journey'],
): Promise<SignedInBrowser[]> {
  const connections = createConnections()
  const browsers: SignedInBrowser[] = []
  const one = async () => {
    const endpoint = { url: `${issuer}/token`, origin: spa }
    const signIn: Parameters<typeof signedInBrowser>[1] = async (key) =>
      (await journey(connections, key)).refreshToken
    browsers.push(await signedInBrowser(endpoint, signIn))
  }
  const { errors } = await runLoad(one, { count, width: 16, timeoutMs: 120_000 })
  connections.close()
  for (const [message] of errors) throw new Error(`signing in: ${message}`)
  return browsers
}

function refreshing(browsers: SignedInBrowser[]): Kind {
  return {
    name: 'refreshes',
    has: () => browsers.length > 0,
    async one(connections) {
      const browser = browsers.shift()
      if (browser === undefined) throw new Error('more at once than there are sessions')
      // Turned away, it goes on with the token that it has.
      await browser.refresh(connections).finally(() => browsers.push(browser))
    },
  }
}

async function measure(
  kind: Kind,
  server: { pid: number; url: string },
  { seconds, times }: OverloadOptions,
  { say }: Pick<Session, 'say'>,
): Promise<Figures> {
  const capacity = await capacityOf(kind, seconds)
  say(`${kind.name}: ${figure(capacity)}/s, now ${times} times as many`)
  const tally = emptyTally()
  const errors = new Map<string, number>()
  const connections = createConnections()
  const counted = tallied(connections, new URL(server.url).host, tally)
  let rssMb = 0
  let served = 0
  const watching = setInterval(() => {
    rssMb = Math.max(rssMb, usageOf(server.pid).rssMb)
  }, 100)
  const one = async (): Promise<void> => {
    if (!kind.has()) return
    try {
      await kind.one(counted)
      served += 1
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      const message = said.replace(/request_id[=":]+[\w-]+/, 'request_id')
      if (!message.includes('503')) errors.set(message, (errors.get(message) ?? 0) + 1)
    }
  }
  const { result, busy } = await watched({ server: server.pid, load: [] }, () =>
    offer(one, { perSecond: capacity * times, seconds }),
  )
  clearInterval(watching)
  connections.close()
  say(`${kind.name}: server ${figure(busy.serverBusy * 100)} %, load ${figure(busy.loadBusy * 100)} % busy`)
  const at = (all: number[], share: number) => (all.length === 0 ? Number.NaN : percentile(all, share))
  return {
    ...{ kind: kind.name, capacity, rssMb, tally, errors },
    offered: (tally.accepted.length + tally.shed.length + tally.lost) / result.seconds,
    shed: tally.shed.length / result.seconds,
    served: served / result.seconds,
    p99: at(tally.accepted, 0.99),
    shedP50: at(tally.shed, 0.5),
  }
}

/** What it does when 32 ask, one after another. */
async function capacityOf(kind: Kind, seconds: number): Promise<number> {
  const connections = createConnections()
  const timeoutMs = 120_000
  const warm = await runLoad(() => kind.one(connections), { count: 1_000, width: 32, timeoutMs })
  const count = Math.round((warm.done / warm.seconds) * seconds)
  const {
    done,
    seconds: took,
    errors,
  } = await runLoad(() => kind.one(connections), { count, width: 32, timeoutMs })
  connections.close()
  for (const [message] of errors) throw new Error(`${kind.name}: ${message}`)
  return done / took
}

function tableOf(all: readonly Figures[]): string {
  const head = [
    'load',
    'capacity/s',
    'requests/s',
    'done/s',
    'share',
    'p99 ms',
    '503/s',
    '503 p50 ms',
    'lost',
    'RSS MB',
  ]
  const rows = all.map((own) => [
    own.kind,
    ...[own.capacity, own.offered, own.served].map(figure),
    `${figure((own.served / own.capacity) * 100)} %`,
    figure(own.p99),
    figure(own.shed),
    figure(own.shedP50),
    String(own.tally.lost),
    figure(own.rssMb),
  ])
  return table(head, rows)
}

const legend = ({ seconds, times, sessions }: OverloadOptions): string =>
  [
    `Capacity: 32 at once, one after another. Then, for ${seconds} s, ${times} times as many begin in each second, whatever becomes of those before.`,
    `A sign-in is five requests, and begins with the one that is turned away first. ${sessions} sessions take turns at refreshing: where all of them wait for an answer, fewer are asked for.`,
    'p99 is that of single requests that were answered with anything but 503, from sending it to having read the answer; "lost" had none within 10 s.',
    'requests/s is what the load generator came to, on one core that it shares with the provider: it may be less than what was to be offered.',
  ].join('\n')

function targetsOf({ kind, served, capacity, p99, rssMb }: Figures): Target[] {
  return [
    {
      what: `${kind}: share of the capacity that is still served`,
      ...{ value: (served / capacity) * 100, limit: 90, bound: 'at least', unit: '%' },
    },
    { what: `${kind}: p99 of what is accepted`, value: p99, limit: 500, bound: 'at most', unit: 'ms' },
    { what: `${kind}: memory`, value: rssMb, limit: 300, bound: 'at most', unit: 'MB' },
  ]
}

const failuresOf = ({ kind, errors, tally }: Figures): string[] => [
  ...Array.from(errors, ([message, times]) => `${kind}: ${times} x ${message}`),
  ...(tally.silent > 0 ? [`${kind}: ${tally.silent} x 503 without Retry-After`] : []),
]
