import { setImmediate } from 'node:timers/promises'
import { type Clock, systemClock } from './clock.ts'
import type { Config, ProviderConfig } from './config/types.ts'
import { createEvents } from './events.ts'
import { createApp } from './http/app.ts'
import type { Deps } from './http/deps.ts'
import { createProofChecker } from './http/proof.ts'
import { createSignIn } from './identity/index.ts'
import { createJourneyCodec, createJourneyCookies, createPushedRequests } from './journey/index.ts'
import { openSigningKeys } from './keys/index.ts'
import type { Logger } from './logging.ts'
import { createKeyring } from './sealing/index.ts'
import { createDpopNonces, createRefreshTokens, createSessions, createTokenMint } from './session/index.ts'
import { openStorage, type Storage } from './storage/index.ts'
import { createUpstreams } from './upstream/index.ts'

/** The server as a function from requests to responses, with its database open. */
export interface Latchkey {
  readonly issuer: string
  /** Answers one request. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Whether a path is one of Latchkey's: what a backend that mounts it passes on. */
  matches(pathname: string): boolean
  /** Stops the background work and closes the database. Requests under way should have ended before. */
  close(): Promise<void>
}

export interface LatchkeyParts {
  logger: Logger
  /** Default: the system's. */
  clock?: Clock
  /** Bring the schema up to date first. Default: true. */
  migrate?: boolean
}

/** Milliseconds between sweeps of what has expired, and the rows that one takes at most. */
const sweep = { everyMs: 30_000, rows: 200 }

/**
 * Puts the house together from a checked configuration.
 * @throws LatchkeyError `wrong_secret`; StorageError
 */
export async function openLatchkey(config: Config, parts: LatchkeyParts): Promise<Latchkey> {
  const { logger, clock = systemClock, migrate = true } = parts
  for (const warning of config.warnings) logger.warn({ warning }, 'configuration')
  const storage = await openStorage(config.storage)
  try {
    if (migrate) await storage.migrate()
    else await storage.ping()
    const deps = await assemble(config, storage, clock, logger)
    const { app, matches } = createApp(deps)
    const stopSweeping = keepSwept(storage, clock, logger)
    return {
      issuer: config.issuer,
      fetch: async (request) => app.fetch(request),
      matches,
      async close() {
        stopSweeping()
        await storage.close()
      },
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function assemble(config: Config, storage: Storage, clock: Clock, logger: Logger): Promise<Deps> {
  const keyring = createKeyring(config.secrets)
  const clients = new Map(config.clients.map((client) => [client.id, client]))
  const { onEvent } = config.hooks
  const events = createEvents({ clock, logger, ...(onEvent === undefined ? {} : { onEvent }) })
  const keys = await openSigningKeys({
    store: storage.signingKeys,
    sealer: keyring.sealer('signing-key'),
    clock,
    algorithm: config.tokens.algorithm,
  })
  const refreshTokens = createRefreshTokens(keyring.mac('refresh-token'))
  const mint = createTokenMint({ config, keys, refreshTokens, clock, logger })
  const nonces = createDpopNonces(keyring.mac('dpop-nonce'), clock)
  const upstreams = createUpstreams(config.providers, {
    clock,
    logger,
    allowPrivate: config.allowPrivateNetworkProviders,
  })
  const redirectUrisOf = (clientId: string) => clients.get(clientId)?.redirectUris ?? []
  const { users, sessions } = storage
  return {
    ...{ config, clients, clock, logger, events, storage, keys, upstreams, nonces },
    callbackUris: new Map(config.providers.map(({ id, redirectUri }) => [id, redirectUri])),
    rules: { clients, signInProviders: signInProviders(config.providers, upstreams) },
    journeys: createJourneyCodec(keyring.sealer('journey'), redirectUrisOf),
    chooser: createJourneyCodec(keyring.sealer('chooser'), redirectUrisOf),
    pushed: createPushedRequests({
      clock,
      codec: createJourneyCodec(keyring.sealer('pushed-request'), redirectUrisOf),
      oneTime: storage.oneTime,
    }),
    cookies: createJourneyCookies(config.issuer),
    formPost: keyring.sealer('form-post'),
    signIn: createSignIn({ users, clock, config, events }),
    sessions: createSessions({ sessions, users, refreshTokens, mint, clock, config, events }),
    proofs: createProofChecker({
      clock,
      nonces,
      tokenEndpoint: `${config.issuer}/token`,
      parEndpoint: `${config.issuer}/par`,
    }),
  }
}

function signInProviders(
  providers: ProviderConfig[],
  upstreams: Deps['upstreams'],
): Deps['rules']['signInProviders'] {
  const rules = new Map<string, { provesAuthTime: boolean }>()
  for (const { id, signIn } of providers) {
    const upstream = upstreams.get(id)
    if (signIn && upstream !== undefined) rules.set(id, { provesAuthTime: upstream.provesAuthTime })
  }
  return rules
}

/** Until nothing expired is left, in batches that hold nobody up; one round at a time. */
function keepSwept(storage: Storage, clock: Clock, logger: Logger): () => void {
  const stop = new AbortController()
  let timer = setTimeout(round, sweep.everyMs).unref()

  async function round() {
    try {
      while (!stop.signal.aborted && (await storage.sweep(clock.now(), sweep.rows)) === sweep.rows)
        await setImmediate()
    } catch (error) {
      logger.warn({ error }, 'sweeping failed')
    }
    if (!stop.signal.aborted) timer = setTimeout(round, sweep.everyMs).unref()
  }

  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}
