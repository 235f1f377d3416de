import { join } from 'node:path'
import { startPostgres } from '../../packages/server/src/storage/postgres/server.fixture.ts'
import { serve, writeConfig } from '../latchkey.ts'
import type { Session } from '../measure/outcome.ts'
import { freePort, profiling, type Started } from '../measure/processes.ts'
import { serverCore } from '../measure/rounds.ts'
import { type Connections, createConnections } from '../signin/connections.ts'
import { codeFlow } from '../signin/journeys/code-flow.ts'
import type { Settings } from '../signin/servers/settings.ts'
import { type SignedInBrowser, signedInBrowser } from './browser.ts'

export interface Surroundings {
  session: Session
  /** The mock provider's issuer. */
  provider: string
  /** How many are signed in. */
  browsers: number
  profiles?: string | undefined
}

export interface Running {
  server: Started
  browsers: SignedInBrowser[]
}

export interface Entry {
  /** What one refresh does there, in a line. */
  does: string
  run(surroundings: Surroundings): Promise<Running>
}

const spa = 'http://localhost:5199'

const settingsFor = async (name: string, { session, provider }: Surroundings): Promise<Settings> => ({
  ...{ clientId: 'bench', clientSecret: 'bench-secret', provider, spa },
  port: await freePort(),
  database: join(session.folder, `${name}.db`),
})

async function signIn(
  server: Started,
  count: number,
  one: (connections: Connections) => Promise<SignedInBrowser>,
): Promise<Running> {
  const connections = createConnections()
  const browsers: SignedInBrowser[] = []
  while (browsers.length < count) browsers.push(await one(connections))
  connections.close()
  return { server, browsers }
}

export const entries: Record<string, Entry> = {
  latchkey: {
    does: 'DPoP proof with server nonce verified and remembered, session and user read, one durable compare-and-set (SQLite, WAL, synchronous FULL), ES256 JWT, successor by MAC',
    run: async (around) => ofLatchkey(around, 'latchkey', await settingsFor('latchkey', around)),
  },
  'latchkey-metrics': {
    does: 'the same with metrics, which nobody reads meanwhile',
    run: async (around) =>
      ofLatchkey(around, 'latchkey-metrics', await settingsFor('latchkey-metrics', around), {
        operations: { metrics_token: 'a token of nobody' },
      }),
  },
  'latchkey-postgres': {
    does: 'the same on PostgreSQL (fsync on), which runs on the core of the load',
    async run(around) {
      const { url, close } = await startPostgres({ durable: true })
      around.session.atEnd(close)
      const settings = await settingsFor('latchkey-postgres', around)
      return ofLatchkey(around, 'latchkey-postgres', { ...settings, database: url })
    },
  },
  'oidc-provider': {
    does: 'DPoP proof with server nonce verified and remembered, token, grant and account read, old token marked and new one stored (a map in memory), ES256 JWT',
    run: (around) => seeded('oidc-provider', around),
  },
  bare: {
    does: 'the floor: the signature of the DPoP proof, one durable compare-and-set, ES256 JWT, successor by MAC, and nothing else',
    run: (around) => seeded('bare', around),
  },
}

async function ofLatchkey(
  around: Surroundings,
  name: string,
  settings: Settings,
  further?: Record<string, unknown>,
): Promise<Running> {
  const { session, profiles } = around
  const config = writeConfig(session.folder, name, settings, 'required', further)
  const server = await serve(session, { name, config, core: serverCore, profiles })
  const extra = { provider: 'mock', scope: 'profile email' }
  const { journey } = codeFlow({ issuer: server.url, spa, dpop: true, warmNonce: true, extra })
  return signIn(server, around.browsers, (connections) =>
    signedInBrowser({ url: `${server.url}/token`, origin: spa }, async (key) => {
      const { refreshToken } = await journey(connections, key)
      return refreshToken
    }),
  )
}

/** A peer of `servers/`, which makes first refresh tokens at `/seed`. */
async function seeded(name: string, around: Surroundings): Promise<Running> {
  const settings = await settingsFor(name, around)
  const program = join(import.meta.dirname, 'servers', `${name}.ts`)
  const server = await around.session.start({
    name,
    core: serverCore,
    args: [...profiling(name, around.profiles), program, JSON.stringify(settings)],
    logDir: around.session.folder,
  })
  return signIn(server, around.browsers, (connections) =>
    signedInBrowser({ url: `${server.url}/token`, origin: spa }, async ({ thumbprint }) => {
      const seed = new URL(`${server.url}/seed?jkt=${thumbprint}`)
      const { status, body } = await connections.exchange(seed, 'POST', {})
      if (status !== 200) throw new Error(`seed: ${status} ${body.slice(0, 300)}`)
      return body
    }),
  )
}
