import { createAuthFetch, createSender } from './auth-fetch.ts'
import { takeCallback } from './capture.ts'
import type { Client } from './client.ts'
import { createClock } from './clock.ts'
import { random } from './encoding.ts'
import { AuthError, toAuthError } from './errors.ts'
import { createKv } from './kv.ts'
import { load } from './load.ts'
import { readOptions } from './options.ts'
import { type Context, revoke } from './request.ts'
import { safeReturnTo } from './return-to.ts'
import { createSession } from './session.ts'
import type { Start } from './start.ts'
import { createState } from './state.ts'
import type {
  AccessTokenOptions,
  AuthOptions,
  AuthState,
  CatalogEntry,
  Connection,
  ConnectOptions,
  Disconnected,
  Flow,
  Identity,
  LinkOptions,
  Outcome,
  Provider,
  SessionInfo,
  SignInOptions,
  SignOutOptions,
  User,
} from './types.ts'

export interface Auth {
  /** The first state that is not `pending`. */
  readonly ready: Promise<AuthState>
  readonly state: AuthState
  /** Calls `listener` at each change; answers how to stop. */
  subscribe(listener: (state: AuthState) => void): () => void
  /**
   * Leaves for the provider: resolves only if the user comes Back to the page as it was. With a popup, call it straight
   * from the click; it resolves once the user is signed in. A popup that the user closes is not noticed: just call it
   * again.
   * @throws AuthError `popup_blocked`, `embedded_browser`, `blocked_by_csp`, `origin_hidden`, `storage_unavailable`,
   * `load_failed`; with a popup what ended the sign-in, as `state` says too; the signal's reason
   */
  signIn(options?: SignInOptions): Promise<void>
  /**
   * Ends the session in every tab at once, offline too; the server is told as far as it can be reached.
   * @throws AuthError with `everywhere`, when the server did not end the others; this one is gone all the same
   */
  signOut(options?: SignOutOptions): Promise<void>
  /**
   * A token for the configured resources, renewed when needed.
   * @throws AuthError `signed_out`, `invalid_grant` when the session has ended, retryable ones when it has not; the
   * signal's reason
   */
  getAccessToken(options?: AccessTokenOptions): Promise<string>
  /**
   * `fetch` with the user's token and a DPoP proof, to the origins of `resources` and the issuer only; a plain `fetch`
   * to any other. One retry when a nonce is demanded, one with a renewed token on 401.
   * @throws AuthError those of `getAccessToken`, `network_error`, `redirect_refused`, `blocked_by_csp`; the signal's
   * reason
   */
  fetch: typeof fetch
  /**
   * The user, or off to sign in (then it does not return). For route loaders.
   * @throws AuthError why the last attempt failed, once, before it starts another
   */
  requireUser(options?: { returnTo?: string }): Promise<User>
  /**
   * What to draw buttons for, in the server's order. Asked once a page.
   * @throws AuthError `network_error`, `temporarily_unavailable`, `invalid_client`, `load_failed`
   */
  providers(): Promise<Provider[]>
  /** Where the user is signed in. Both throw as `fetch` does, `not_found`, and `load_failed`. */
  readonly sessions: {
    list(): Promise<SessionInfo[]>
    /** Signs out there; if it is this session, here in all tabs. */
    revoke(id: string): Promise<void>
  }
  /** What the user signs in with. All throw as `fetch` does, `not_found`, and `load_failed`. */
  readonly identities: {
    list(): Promise<Identity[]>
    /** @throws AuthError `last_identity` */
    unlink(id: string): Promise<void>
    /**
     * Leaves to a provider for one more identity of this user, as `signIn` does; with a popup it resolves to it. `state`
     * says it too (`linked`), and what ended it without one (`identity_in_use`, `access_denied`, ...); the session stays.
     * @throws AuthError those of `signIn`; `signed_out`; `gesture_missing` where nobody has clicked yet
     */
    link(options: LinkOptions): Promise<Identity | undefined>
  }
  /** Accounts elsewhere that services may use in the user's name. All throw as `fetch` does, and `load_failed`. */
  readonly connections: {
    list(): Promise<Connection[]>
    /** What can be connected; asked once a page. */
    catalog(): Promise<CatalogEntry[]>
    /**
     * Leaves to a provider for an account to connect, as `link` does; with a popup it resolves to it. `state` says it too
     * (`connected`), and what ended it without one (`account_mismatch`, `access_denied`, ...). It is in use from then on:
     * show its label, and let the user take it back.
     * @throws AuthError those of `link`
     */
    connect(options: ConnectOptions): Promise<Connection | undefined>
    /** @throws AuthError `not_found` */
    disconnect(id: string): Promise<Disconnected>
  }
}

/**
 * One client a page, made outside of any component. Finishes a sign-in that the page came back from, else restores the
 * session of the device.
 * @throws AuthError `invalid_options`
 */
export function createAuth(options: AuthOptions): Auth {
  const inPage = typeof document === 'object'
  const context: Context = {
    ...readOptions(options, inPage ? location.origin : ''),
    clock: createClock(
      () => Date.now(),
      () => performance.now(),
    ),
    nonces: new Map(),
  }
  const state = createState(inPage)
  const name = `latchkey ${context.clientId} ${context.issuer}`
  const kv = createKv(name)
  const { persistence } = context
  const record = persistence === 'tab' ? tabId() : persistence === 'device' ? 'session' : ''
  const session = createSession(context, {
    kv: record ? kv : createKv(),
    name: `${name} ${record}`,
    state,
  })

  const send = createSender(context, session)
  const client: Client = { context, kv, session, send }

  async function begin(): Promise<void> {
    const captured = takeCallback()
    let outcome: Outcome | undefined
    try {
      if (captured) {
        const { finishCallback } = await load(import('./finish.ts'), 'callback')
        outcome = await finishCallback(client, captured)
      } else await session.sync()
    } catch (cause) {
      outcome = { error: toAuthError(cause) }
    }
    session.publish(outcome)
  }

  if (inPage) {
    const wake = () => state.get().status !== 'pending' && !document.hidden && session.wake()
    addEventListener('online', wake)
    addEventListener('pageshow', ({ persisted }) => persisted && wake())
    addEventListener('visibilitychange', wake)
    session.join()
    void begin()
  }

  /** Whatever is awaited here, the click is over after that: the browser would open no window any more. */
  async function leave(intent: Start['intent'], options: Omit<Start, 'intent' | 'popup'>) {
    const popup = openPopup(options.flow ?? context.flow, kv.durable())
    try {
      if (intent !== 'sign_in') await state.settled
      const { startJourney } = await load(import('./start.ts'), 'start')
      return await startJourney(client, { ...options, intent, popup })
    } catch (error) {
      popup?.close()
      throw error
    }
  }

  const account =
    <Given extends unknown[], Answer>(
      pick: (part: typeof import('./account.ts')) => (client: Client, ...given: Given) => Promise<Answer>,
    ) =>
    async (...given: Given) => {
      await state.settled
      return pick(await load(import('./account.ts'), 'call'))(client, ...given)
    }
  const providers = async () =>
    (await (await load(import('./directory.ts'), 'call')).readDirectory(context)).providers
  const signIn = async (options: SignInOptions = {}) => void (await leave('sign_in', options))
  let shown: AuthError | undefined
  return {
    ready: state.settled,
    get state() {
      return state.get()
    },
    subscribe: state.subscribe,
    signIn,
    async signOut({ everywhere, returnTo } = {}) {
      const ended = await session.end()
      if (returnTo !== undefined) context.navigate(safeReturnTo(returnTo, location.origin))
      if (everywhere && ended) {
        const { endEverywhere } = await load(import('./account.ts'), 'sign-out')
        await endEverywhere(context, ended)
      } else revoke(context, ended)
    },
    async getAccessToken(options) {
      await state.settled
      return (await session.credentials(options)).token.access_token
    },
    fetch: createAuthFetch(context, send, state.settled),
    async requireUser(options) {
      await state.settled
      const current = state.get()
      if (current.status === 'signed-in') return current.user
      const { error, reason: failure = error }: Ended = current
      if (failure && failure !== shown) {
        shown = failure
        throw failure
      }
      await signIn(options)
      throw new AuthError('signed_out', 'start')
    },
    providers,
    sessions: {
      list: account(({ listSessions }) => listSessions),
      revoke: account(({ revokeSession }) => revokeSession),
    },
    identities: {
      list: account(({ listIdentities }) => listIdentities),
      unlink: account(({ unlinkIdentity }) => unlinkIdentity),
      link: async (options) => (await leave('link', options))?.linked,
    },
    connections: {
      list: account(({ listConnections }) => listConnections),
      catalog: async () =>
        (await providers()).filter((provider): provider is CatalogEntry => provider.connect),
      connect: async (options) => (await leave('connect', options))?.connected,
      disconnect: account(({ disconnect }) => disconnect),
    },
  }
}

/** What a state may tell about why nobody is signed in. */
interface Ended {
  status: string
  error?: AuthError
  reason?: AuthError
}

/** `null` when the browser blocks it; `undefined` when none is asked for. */
function openPopup(flow: Flow | undefined, comesBack: boolean): Window | null | undefined {
  if (flow !== 'popup' && (flow === 'redirect' || (comesBack && top === self))) return
  const left = screenX + (outerWidth - 480) / 2
  const upper = screenY + (outerHeight - 640) / 2
  return open('about:blank', `lk${random(9)}`, `popup,width=480,height=640,left=${left},top=${upper}`)
}

/** An id that lives as long as the tab, reloads included; empty where the page may not keep one. */
function tabId(): string {
  try {
    const id = sessionStorage.latchkeyTab ?? random(16)
    sessionStorage.latchkeyTab = id
    return id
  } catch {
    return ''
  }
}
