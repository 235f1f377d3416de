import type { Entry } from '@latchkey/providers'
import { createApp } from './app.ts'
import { type Client, createClients } from './clients.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Endpoints, endpointsOf } from './endpoints.ts'
import { entriesFor, type OAuth1Entry, type OAuth2Entry, type OidcEntry } from './entries.ts'
import { expiringMap } from './expiring.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import type { IdTokenMutator } from './faults/id-token-mutators.ts'
import { createPatience, type Slowness } from './faults/patience.ts'
import { type GrantFilter, type GrantView, revokeGrants, viewGrants } from './grant-views.ts'
import { createGrants, defaultLifetimes, type Lifetimes } from './grants.ts'
import { createIds } from './ids.ts'
import { createKeyRing } from './keys/key-ring.ts'
import {
  generateSigningKey,
  importSigningKey,
  type PrivateKeyInput,
  type SigningAlgorithm,
} from './keys/signing-key.ts'
import type { OAuth1Options } from './oauth1/habits.ts'
import { createOAuth1Side } from './oauth1/side.ts'
import { type OAuth2Options, oauth2Habits } from './oauth2/habits.ts'
import { type LogoutSubject, logoutUriOf, mintLogoutToken, postLogoutToken } from './oidc/logout-token.ts'
import { createPersonas, type Persona } from './personas.ts'
import { createPlays, type PlayedProvider } from './played/index.ts'
import type { AutoApprove, GrantScopes, Realm, RefreshTokens } from './realm.ts'
import { createRecorder, type RequestLog } from './record.ts'
import { type Listener, type LoopbackHost, listen } from './server.ts'

export interface FakeProviderOptions {
  /** What people read on its pages. Default `Example Accounts`. */
  name?: string
  /** The name in the issuer; the socket is on loopback always. Default `127.0.0.1`. */
  host?: LoopbackHost
  /** Default 0: a free one. */
  port?: number
  /** False: no socket, only `provider.fetch`; the origin is then `https://provider.test`. Default true. */
  listen?: boolean
  /** The issuer's path, without a slash at the end: `/realms/demo`. Default none. */
  path?: string
  /** The registered clients. Default: `test-client` with a secret, which may redirect anywhere on loopback. */
  clients?: readonly Client[]
  /** More personas; one with the id of a default persona replaces it. */
  personas?: readonly Persona[]
  /** Answer without the page: a persona's id, or a function of the request's parameters. Default: the page. */
  autoApprove?: AutoApprove | undefined
  /** What people grant of what was asked for: `(asked) => asked.filter((scope) => scope !== 'calendar')`. Default: all. */
  grantScopes?: GrantScopes
  /** ID tokens: `RS256` (default) or `ES256`. */
  algorithm?: SigningAlgorithm
  /** A private key instead of a fresh one; it decides the algorithm. */
  signingKey?: PrivateKeyInput
  /** A code challenge is demanded. Default false: one that is sent is checked strictly. */
  requirePkce?: boolean
  /** The `iss` response parameter (RFC 9207), and its flag in the metadata. Default true. */
  issParameter?: boolean
  refreshTokens?: Partial<RefreshTokens>
  /** Seconds. Default: code 60, accessToken 3600, idToken 3600, refreshToken 30 days. */
  lifetimes?: Partial<Lifetimes>
  /** Entries of `@latchkey/providers`, or their ids, that are played, too, each below `/played/{id}`. */
  plays?: readonly (Entry | string)[]
  /** The plain OAuth 2.0 side. */
  oauth2?: OAuth2Options
  /** The OAuth 1.0a side. */
  oauth1?: OAuth1Options
  /** How slow slow is. */
  slowness?: Slowness
  /** False: nothing is recorded, for load. Default true. */
  record?: boolean
  /** Milliseconds since the epoch. Default: the system's clock. */
  clock?: Clock
  /** Makes codes and tokens the same in every run. Keys are not made from it: hand one in. Default: random. */
  seed?: string
}

/** What `fetch` takes beside the URL, wide enough for what OAuth libraries hand to a fetch of one's own. */
export type FetchInit = { [K in keyof Omit<RequestInit, 'body'>]?: RequestInit[K] | undefined } & {
  body?: RequestInit['body'] | Uint8Array | undefined
}

export interface FakeProvider extends AsyncDisposable {
  readonly origin: string
  readonly issuer: string
  /** Absolute URLs; `endpoints.oauth2` for the plain side, `endpoints.oauth1` for OAuth 1.0a. */
  readonly endpoints: Endpoints
  /** For a configuration's `providers`: the OpenID side, for the first client. */
  readonly oidc: OidcEntry
  /** For a configuration's `providers`: the plain OAuth 2.0 side, for the first client. */
  readonly oauth2: OAuth2Entry
  /** For a configuration's `providers`: the OAuth 1.0a side, for the first client. */
  readonly oauth1: OAuth1Entry
  readonly clients: readonly Client[]
  readonly personas: readonly Persona[]
  readonly faults: Faults
  readonly requests: RequestLog
  /** Answers without a socket, as `fetch` would; rejects with a TypeError where the connection would drop. */
  fetch(input: Request | string | URL, init?: FetchInit): Promise<Response>
  /** As the option; undefined brings the page back. */
  autoApprove(choice: AutoApprove | undefined): void
  /** As the option; undefined grants all again. Consents given before stay as they are. */
  grantScopes(choice: GrantScopes | undefined): void
  /** What people have consented to, oldest first, with what has become of it. */
  grants(filter?: GrantFilter): GrantView[]
  /**
   * A person takes back what was granted, on the provider's own page: every token of it is over at once, and no client is
   * told. Gives how many grants that ended.
   */
  revokeGrant(filter?: GrantFilter): number
  /**
   * A played entry.
   * @throws TypeError when it is not among `plays`
   */
  played(id: string): PlayedProvider
  /** A fresh key signs from now on; the earlier ones stay in the key set unless `drop` is true. */
  rotateKey(options?: { drop?: boolean }): Promise<void>
  /**
   * A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4), good for two minutes; `spoil` as for ID tokens.
   * @throws TypeError for an unknown persona or client
   */
  logoutToken(about: LogoutSubject, spoil?: IdTokenMutator): string
  /**
   * Posts a logout token to `uri`, by default the client's `backchannel_logout_uri`, and gives what was answered.
   * @throws TypeError also when there is no such address, or nobody answers there
   */
  sendLogout(about: LogoutSubject & { uri?: string }, spoil?: IdTokenMutator): Promise<Response>
  /** Ends the socket, every connection, and every fault that takes its time. May be called again. */
  close(): Promise<void>
}

const checkPath = (path: string): string => {
  if (/^(\/[\w.~-]+)*$/.test(path)) return path
  throw new TypeError(`path must look like "/realms/demo", without a slash at the end: "${path}"`)
}

const firstOf = <T>(list: readonly T[], what: string): T => {
  const [first] = list
  if (first === undefined) throw new TypeError(`at least one of ${what} is needed`)
  return first
}

const defaultRefreshTokens: RefreshTokens = {
  issue: 'offline_access',
  rotate: false,
  reuse: 'refuse',
  graceMs: 30_000,
}

const createRealm = async (
  options: FakeProviderOptions,
  origin: string,
  closing: AbortSignal,
): Promise<Realm> => {
  const clock = options.clock ?? systemClock
  const ids = createIds(options.seed)
  const lifetimes = { ...defaultLifetimes, ...options.lifetimes }
  const issuer = `${origin}${options.path ?? ''}`
  const assertions = expiringMap<true>({ clock, seconds: 3600, limit: 50_000 })
  const key =
    options.signingKey === undefined
      ? await generateSigningKey(options.algorithm ?? 'RS256')
      : await importSigningKey(options.signingKey)
  return {
    name: options.name ?? 'Example Accounts',
    origin,
    issuer,
    endpoints: endpointsOf(issuer),
    clock,
    ids,
    keys: createKeyRing(key),
    personas: createPersonas(options.personas),
    clients: createClients(options.clients),
    grants: createGrants({ clock, ids, lifetimes }),
    lifetimes,
    refreshTokens: { ...defaultRefreshTokens, ...options.refreshTokens },
    requirePkce: options.requirePkce ?? false,
    issParameter: options.issParameter ?? true,
    habits: oauth2Habits(options.oauth2),
    oauth1: createOAuth1Side(options.oauth1, { clock, ids }),
    faults: createFaults(),
    patience: createPatience({ closing, slowness: options.slowness ?? {} }),
    recorder: createRecorder({ clock, enabled: options.record ?? true }),
    approval: { choice: undefined },
    consent: { choice: options.grantScopes },
    firstUse: (assertion) => {
      if (assertions.get(assertion) !== undefined) return false
      assertions.set(assertion, true)
      return true
    },
  }
}

/**
 * Starts a fake provider: OpenID Connect at its root, plain OAuth 2.0 under `/oauth2` and OAuth 1.0a under `/oauth1`, with personas to sign in as,
 * faults on demand and a record of what came in.
 * @throws TypeError for options that make no sense; Error `EADDRINUSE` when the port is taken
 */
export const createFakeProvider = async (options: FakeProviderOptions = {}): Promise<FakeProvider> => {
  checkPath(options.path ?? '')
  const client = firstOf(createClients(options.clients).list, 'clients')
  const listener: Listener | undefined =
    options.listen === false
      ? undefined
      : await listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  const closing = new AbortController()
  const close = async (): Promise<void> => {
    // The sockets first: then a slow answer ends with its connection, and not as an error in somebody's log.
    await listener?.close()
    closing.abort(new TypeError('The fake provider was closed'))
  }

  try {
    const realm = await createRealm(options, listener?.origin ?? 'https://provider.test', closing.signal)
    const autoApprove = (choice: AutoApprove | undefined): void => {
      if (typeof choice === 'string' && realm.personas.find(choice) === undefined) {
        throw new TypeError(`no persona "${choice}": ${realm.personas.list.map(({ id }) => id).join(', ')}`)
      }
      realm.approval.choice = choice
    }
    autoApprove(options.autoApprove)
    const entries = entriesFor(realm, client)
    const plays = await createPlays(realm, options.plays ?? [])
    const app = createApp(realm, entries, plays.list)
    listener?.serve((request) => app.fetch(request))
    return {
      origin: realm.origin,
      issuer: realm.issuer,
      endpoints: realm.endpoints,
      ...entries,
      clients: realm.clients.list,
      personas: realm.personas.list,
      faults: realm.faults,
      requests: realm.recorder.log,
      fetch: async (input, init) => {
        try {
          // To Request an undefined member is an absent one and a byte array is a body; only the types differ.
          return await app.fetch(new Request(input, init as RequestInit))
        } catch (cause) {
          throw new TypeError('fetch failed', { cause })
        }
      },
      autoApprove,
      grantScopes: (choice) => {
        realm.consent.choice = choice
      },
      grants: (filter) => viewGrants(realm, filter),
      revokeGrant: (filter) => revokeGrants(realm, filter),
      played: plays.find,
      rotateKey: (rotation) => realm.keys.rotate(rotation),
      logoutToken: (about, spoil) => mintLogoutToken(realm, about, spoil),
      sendLogout: async (about, spoil) =>
        postLogoutToken(about.uri ?? logoutUriOf(realm, about), mintLogoutToken(realm, about, spoil)),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
