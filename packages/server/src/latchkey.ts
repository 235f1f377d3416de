import { setImmediate } from 'node:timers/promises'
import { keepDoing, systemTimers, type Timers } from './background.ts'
import { type Clock, systemClock } from './clock.ts'
import type { AnyProviderConfig, Config } from './config/types.ts'
import { createEvents } from './events.ts'
import { createApp, createOperations } from './http/app.ts'
import type { Deps, Sender } from './http/deps.ts'
import { createGate } from './http/gate.ts'
import { createProofChecker } from './http/proof.ts'
import { createRateLimits } from './http/rate-limits.ts'
import { createServiceAuthenticator } from './http/service-auth.ts'
import { createServiceCallerReader } from './http/service-caller.ts'
import { createSignIn } from './identity/index.ts'
import {
  createBrowserBindings,
  createJourneyCodec,
  createJourneyCookies,
  createPushedRequests,
} from './journey/index.ts'
import { openSigningKeys, pollMs, type Rotation, type RotationMode } from './keys/index.ts'
import { createLimiter, openWindows, type Windows } from './limits/index.ts'
import type { Logger } from './logging.ts'
import { type Metrics, openMetrics, watchedStorage } from './metrics/index.ts'
import { createProviderJournal, type ProviderJournal } from './provider-journal.ts'
import { createKeyring } from './sealing/index.ts'
import {
  createDepartures,
  createDpopNonces,
  createRefreshTokens,
  createServiceTokenMint,
  createSessions,
  createTokenMint,
  createUpstreamIdTokens,
} from './session/index.ts'
import { openStorage, type Storage } from './storage/index.ts'
import { createGuardedStream, createUpstreams, watched } from './upstream/index.ts'
import {
  checkKnownKeys,
  createServing,
  createVault,
  dataKeyPollMs,
  type OpenVault,
  openVault,
  revocationPollMs,
  upkeepEveryMs,
} from './vault/index.ts'
import { createWebhooks, type Webhooks } from './webhooks/index.ts'

/** The server as a function from requests to responses, with its database open. */
export interface Latchkey {
  readonly issuer: string
  /**
   * Answers one request. Never rejects. `sender.remoteAddress` is the peer of the socket that the request came by; without
   * it nothing is limited by address.
   */
  fetch(request: Request, sender?: Sender): Promise<Response>
  /** Whether a path is one of Latchkey's: what a backend that mounts it passes on. */
  matches(pathname: string): boolean
  /** Lets another signing key sign, as `latchkey keys rotate` does. */
  rotateKeys(mode?: RotationMode): Promise<Rotation>
  /**
   * The side of operations, which is nobody else's: `/healthz`, `/readyz` and, where `operations` is configured, `/metrics`.
   * `latchkey serve` listens at `operations.listen`; inside a backend hand it to `listen`.
   */
  readonly operations: { fetch(request: Request): Promise<Response> }
  /** From now on `/readyz` says no, so that nobody new is sent here; all is answered as before. */
  drain(): void
  /** Stops the background work and closes the database. Requests under way should have ended before. */
  close(): Promise<void>
}

export interface LatchkeyParts {
  logger: Logger
  /** Default: the system's. */
  clock?: Clock
  /** Default: the system's. */
  timers?: Timers
  /** Bring the schema up to date first. Default: true. */
  migrate?: boolean
}

/** Milliseconds between sweeps of what has expired, and the rows that one takes at most. */
const sweep = { everyMs: 30_000, rows: 200 }

/**
 * Puts the house together from a checked configuration.
 * @throws LatchkeyError `wrong_secret`, `key_unavailable` (the hook `wrapKey` fails), `missing_package`; StorageError
 */
export async function openLatchkey(config: Config, parts: LatchkeyParts): Promise<Latchkey> {
  const { logger, clock = systemClock, timers = systemTimers, migrate = true } = parts
  for (const warning of config.warnings) logger.warn({ warning }, 'configuration')
  const metrics = await openMetrics(config)
  const opening = await openStorage(config.storage, { logger, clock })
  const storage = metrics === undefined ? opening : watchedStorage(opening, metrics.stored)
  let draining = false
  let windows: Windows | undefined
  let webhooks: Webhooks | undefined
  let journal: ProviderJournal | undefined
  try {
    if (migrate) await storage.migrate()
    else await storage.ping()
    // Behind the schema: a database that holds anything else first is taken for somebody else's.
    windows = await openWindows(config, { clock, logger })
    const { outbox } = storage
    webhooks = createWebhooks({ webhooks: config.webhooks, outbox, clock, logger, timers })
    journal = createProviderJournal({ store: storage.providerOutcomes, clock, timers, logger })
    const opened = await openVault({ config, vaultKeys: storage.vaultKeys, clock, logger })
    const deps = await assemble(config, storage, {
      clock,
      timers,
      logger,
      webhooks,
      opened,
      journal,
      metrics,
      windows,
    })
    const gate = createGate({ clock, logger, shed: metrics?.shed })
    const serving = { ...deps, gate, isDraining: () => draining }
    const { fetch, matches } = createApp(serving)
    const operations = createOperations(serving)
    const stopSweeping = keepSwept(storage, { clock, timers, logger })
    // At once, but behind the start: making a key of RSA takes long.
    const stopTending = keepDoing(deps.keys.tend, {
      ...{ timers, firstMs: 0, everyMs: pollMs },
      onError: (error) => logger.warn({ error }, 'looking after the signing keys failed'),
    })
    const stopRevoking = keepDoing(deps.vault.revokeDue, {
      ...{ timers, firstMs: revocationPollMs, everyMs: revocationPollMs },
      onError: (error) => logger.warn({ error }, 'looking for tokens to revoke failed'),
    })
    const stopUpkeep = keepDoing(deps.serving.upkeep, {
      ...{ timers, firstMs: upkeepEveryMs, everyMs: upkeepEveryMs },
      onError: (error) => logger.warn({ error }, 'looking after connections failed'),
    })
    const { dataKeys } = opened
    const stopLooking =
      dataKeys &&
      keepDoing(() => dataKeys.look(), {
        ...{ timers, firstMs: dataKeyPollMs, everyMs: dataKeyPollMs },
        onError: (error) => logger.warn({ error }, 'looking for data keys of the vault failed'),
      })
    return {
      issuer: config.issuer,
      fetch,
      matches,
      operations: { fetch: operations.fetch },
      drain() {
        draining = true
      },
      rotateKeys: (mode = 'planned') => deps.keys.rotate(mode),
      async close() {
        stopSweeping()
        stopTending()
        stopRevoking()
        stopUpkeep()
        stopLooking?.()
        gate.close()
        // A provider's new token is nowhere else until it is written.
        await deps.serving.close()
        await journal?.close()
        await webhooks?.close()
        await windows?.close()
        await storage.close()
      },
    }
  } catch (error) {
    await journal?.close()
    await webhooks?.close()
    await windows?.close()
    await storage.close()
    throw error
  }
}

async function assemble(
  config: Config,
  storage: Storage,
  parts: {
    clock: Clock
    timers: Timers
    logger: Logger
    webhooks: Webhooks
    opened: OpenVault
    journal: ProviderJournal
    metrics: Metrics | undefined
    windows: Windows
  },
): Promise<Omit<Deps, 'gate' | 'isDraining'>> {
  const { clock, timers, logger, webhooks, opened, journal, metrics, windows } = parts
  const { contents } = opened
  const keyring = createKeyring(config.secrets)
  const clients = new Map(config.clients.map((client) => [client.id, client]))
  const services = new Map(config.services.map((service) => [service.id, service]))
  const { onEvent } = config.hooks
  const events = createEvents({
    ...{ clock, logger },
    forward(event) {
      webhooks.take(event)
      metrics?.event(event)
    },
    ...(onEvent === undefined ? {} : { onEvent }),
  })
  const keys = await openSigningKeys({
    store: storage.signingKeys,
    sealer: keyring.sealer('signing-key'),
    ...{ clock, events, logger },
    algorithm: config.tokens.algorithm,
    accessTokenSeconds: config.tokens.accessTokenSeconds,
  })
  const refreshTokens = createRefreshTokens(keyring.mac('refresh-token'))
  const mint = createTokenMint({ config, keys, refreshTokens, clock, logger })
  const nonces = createDpopNonces(keyring.mac('dpop-nonce'), clock)
  const note = (provider: string, outcome: string): void => {
    journal.note(provider, outcome)
    metrics?.providerOutcome(provider, outcome)
  }
  const upstreams = new Map(
    [
      ...createUpstreams(config.providers, {
        ...{ clock, logger, allowPrivate: config.allowPrivateNetworkProviders },
        watch: metrics && { call: metrics.providerCall, breaker: metrics.breaker },
      }),
    ].map(([id, upstream]) => [id, watched(upstream, note)]),
  )
  await checkKnownKeys(storage, opened)
  const redirectUrisOf = (clientId: string) => clients.get(clientId)?.redirectUris ?? []
  const { users, sessions, oneTime } = storage
  const limits = createRateLimits(config, { limiter: createLimiter({ windows, clock }), logger })
  return {
    ...{ config, limits, clients, services, clock, logger, events, storage, keys, upstreams, nonces },
    ...(metrics === undefined ? {} : { metrics }),
    authenticateService: createServiceAuthenticator({
      ...{ issuer: config.issuer, services, clock, oneTime, limits },
    }),
    readServiceCaller: createServiceCallerReader({ config, keys, clock, storage, services }),
    callbackUris: new Map(config.providers.map(({ id, redirectUri }) => [id, redirectUri])),
    rules: { clients, providers: abilities(config.providers, upstreams) },
    journeys: createJourneyCodec(keyring.sealer('journey'), redirectUrisOf),
    chooser: createJourneyCodec(keyring.sealer('chooser'), redirectUrisOf),
    pushed: createPushedRequests({
      clock,
      codec: createJourneyCodec(keyring.sealer('pushed-request'), redirectUrisOf),
      oneTime,
    }),
    cookies: createJourneyCookies(config.issuer),
    bindings: createBrowserBindings(keyring.sealer('browser-binding')),
    formPost: keyring.sealer('form-post'),
    signIn: createSignIn({ users, clock, config, events }),
    vault: createVault({
      ...{ storage, contents, upstreams, clock, events, logger },
      codeSeconds: config.tokens.codeSeconds,
    }),
    serving: createServing({
      connections: storage.connections,
      quarantine: storage.quarantine,
      api: {
        hosts: new Map(config.providers.map(({ id, apiHosts }) => [id, apiHosts])),
        allowPrivate: config.allowPrivateNetworkProviders,
        send: createGuardedStream({ allowPrivate: config.allowPrivateNetworkProviders }),
      },
      ...{ contents, upstreams, clock, timers, events, logger, note: metrics?.vault },
    }),
    sessions: createSessions({ sessions, users, refreshTokens, mint, clock, config, events }),
    mintForService: createServiceTokenMint({ config, keys, clock }),
    upstreamIdTokens: createUpstreamIdTokens(keyring.sealer('upstream-id-token')),
    departures: createDepartures({ clock, clients, sealer: keyring.sealer('departure') }),
    proofs: createProofChecker({
      clock,
      nonces,
      tokenEndpoint: `${config.issuer}/token`,
      parEndpoint: `${config.issuer}/par`,
    }),
  }
}

const abilities = (
  providers: AnyProviderConfig[],
  upstreams: Deps['upstreams'],
): Deps['rules']['providers'] =>
  new Map(
    providers.map(({ id, signIn, connect }) => [
      id,
      { provesAuthTime: upstreams.get(id)?.provesAuthTime === true, signIn, connect },
    ]),
  )

/** Until nothing expired is left, in batches that hold nobody up. */
function keepSwept(
  storage: Storage,
  { clock, timers, logger }: { clock: Clock; timers: Timers; logger: Logger },
): () => void {
  return keepDoing(
    async (stop) => {
      while (!stop.aborted && (await storage.sweep(clock.now(), sweep.rows)) === sweep.rows)
        await setImmediate()
    },
    {
      ...{ timers, firstMs: sweep.everyMs, everyMs: sweep.everyMs },
      onError: (error) => logger.warn({ error }, 'sweeping failed'),
    },
  )
}
