import type { Context } from 'hono'
import type { Clock } from '../clock.ts'
import type { ClientConfig, Config, ServiceConfig } from '../config/types.ts'
import type { Events } from '../events.ts'
import type { SignIn } from '../identity/index.ts'
import type {
  BrowserBindings,
  JourneyCodec,
  JourneyCookies,
  PushedRequests,
  RequestRules,
} from '../journey/index.ts'
import type { SigningKeys } from '../keys/index.ts'
import type { Logger } from '../logging.ts'
import type { Metrics } from '../metrics/index.ts'
import type { Sealer } from '../sealing/index.ts'
import type {
  Departures,
  DpopNonces,
  ServiceTokenMint,
  Sessions,
  UpstreamIdTokens,
} from '../session/index.ts'
import type { Storage } from '../storage/index.ts'
import type { Upstream } from '../upstream/index.ts'
import type { Serving, Vault } from '../vault/index.ts'
import type { Gate } from './gate.ts'
import type { ProofChecker } from './proof.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Answer } from './respond.ts'
import type { ServiceAuthenticator } from './service-auth.ts'

/** Everything an endpoint may use; put together once, in `createLatchkey`. */
export interface Deps {
  config: Config
  /** Whoever asks too often has to wait. */
  limits: RateLimits
  clients: ReadonlyMap<string, ClientConfig>
  services: ReadonlyMap<string, ServiceConfig>
  authenticateService: ServiceAuthenticator
  /** Whose access token a service's request to `/vault` carries. */
  readServiceCaller: (c: Ctx) => Promise<ServiceConfig>
  clock: Clock
  logger: Logger
  events: Events
  storage: Storage
  keys: SigningKeys
  upstreams: ReadonlyMap<string, Upstream>
  /** Where each provider sends the browser back to: `{issuer}/callback/{id}`, or what its registration says. */
  callbackUris: ReadonlyMap<string, string>
  rules: RequestRules
  journeys: JourneyCodec
  chooser: JourneyCodec
  pushed: PushedRequests
  cookies: JourneyCookies
  bindings: BrowserBindings
  formPost: Sealer
  signIn: SignIn
  vault: Vault
  serving: Serving
  sessions: Sessions
  mintForService: ServiceTokenMint
  upstreamIdTokens: UpstreamIdTokens
  departures: Departures
  nonces: DpopNonces
  proofs: ProofChecker
  gate: Gate
  /** Absent where nobody reads them. */
  metrics?: Metrics
  /** Whether the process is about to end: not ready any more, but answering. */
  isDraining: () => boolean
}

/** Where a request came from. */
export interface Sender {
  /** The peer of the socket, as `socket.remoteAddress` says it. */
  remoteAddress?: string | undefined
}

export type Env = {
  Bindings: Sender
  Variables: {
    requestId: string
    logger: Logger
    /** For metrics: the error that was answered, and what was asked for at the token endpoint. */
    errorCode?: string
    grant?: string
  }
}
export type Ctx = Context<Env>
export type Endpoint = (c: Ctx) => Promise<Answer> | Answer
