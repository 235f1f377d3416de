import { alone } from './alone.ts'
import type { DpopKey } from './dpop.ts'
import { AuthError } from './errors.ts'
import type { Kv } from './kv.ts'
import { type Context, sleep } from './request.ts'
import type { StateCell } from './state.ts'
import { type AccessToken, type Grant, jittered, refreshGrant } from './token-endpoint.ts'
import type { AccessTokenOptions, Outcome, User } from './types.ts'

/** What outlives the page. */
export interface StoredSession {
  /** Each sign-in has a key of its own, so its thumbprint names the session. */
  key: DpopKey
  /** Empty when the server issues none: then the session ends with its access token. */
  refresh_token: string
  user: User
  /** Milliseconds: when an abandoned tab's goes. */
  expires: number
}

/** To other tabs: a renewed token of the session that `jkt` names, and the server's time (ms); or, empty: look at the store. */
interface PeerMessage {
  jkt?: string
  token?: AccessToken
  now?: number
}

export interface SessionDeps {
  kv: Kv
  /** Names the record, and for the tabs that share it their lock and channel. */
  name: string
  state: StateCell
}

/** What proves who asks. */
export interface Credentials {
  key: DpopKey
  token: AccessToken
}

export interface Session {
  /** Hears and tells the other tabs from now on. Apart, because in Node an open channel keeps the process alive. */
  join(): void
  /** Takes over what the store holds: who signed in or out in another tab did so here. Answers whether it is live. */
  sync(): Promise<boolean>
  /** Who is signed in. */
  user(): User | undefined
  /** Says what is so, and what a journey that has just ended came to. */
  publish(outcome?: Outcome): void
  /** Says no longer what the last journey came to: something new begins. */
  forget(): void
  /** How often somebody signed out in this page. */
  exits(): number
  /** A session from a redeemed code; answers the one that it replaces. */
  begin(key: DpopKey, grant: Grant): Promise<StoredSession | undefined>
  /** @throws AuthError `signed_out`, those of a refresh; the signal's reason */
  credentials(options?: AccessTokenOptions): Promise<Credentials>
  /** Forgets the session in all tabs that share it; answers what it was, for the server to forget. */
  end(): Promise<StoredSession | undefined>
  /** After sleeping, being hidden, offline or in the bfcache. */
  wake(): Promise<void>
}

export function createSession(context: Context, { kv, name, state }: SessionDeps): Session {
  const { clock, onEvent } = context
  let stored: StoredSession | undefined
  let token: AccessToken | undefined
  let refreshing: Promise<void> | undefined
  let failing: { error: AuthError; times: number; until: number } | undefined
  // What the last journey came to; said until somebody signs in or out, or leaves again.
  let last: Outcome | undefined
  let exits = 0
  let onRenewal = () => {}

  let peers: BroadcastChannel | undefined
  const post = (message: PeerMessage) => peers?.postMessage(message)
  const hear = async ({ data }: MessageEvent<PeerMessage>) => {
    if (data.token && data.now && data.jkt === stored?.key.jkt) {
      clock.set(data.now)
      token = data.token
      onRenewal()
    }
    await sync()
    publish()
  }

  const update = (change: (current: StoredSession | undefined) => StoredSession | undefined) =>
    kv.update(name, change)

  function replace(next?: StoredSession, nextToken?: AccessToken): StoredSession | undefined {
    const replaced = stored
    stored = next
    token = nextToken
    failing = last = undefined
    return replaced
  }

  async function sync(): Promise<boolean> {
    const before = stored
    const found = await update((current) => current)
    // Unless somebody signed in or out meanwhile: what was read is of before that.
    if (stored === before) {
      if (found?.key.jkt === stored?.key.jkt) stored = found
      else replace(found)
    }
    return !!stored
  }

  function publish(outcome?: Outcome): void {
    if (outcome?.error) onEvent({ type: 'error', error: outcome.error })
    last = outcome ?? last
    const error = last?.error
    if (stored) state.set({ status: 'signed-in', user: stored.user, ...last })
    else if (!error) state.set({ status: 'signed-out' })
    else if (error.action === 'sign-in') state.set({ status: 'signed-out', reason: error })
    else state.set({ status: 'error', error })
  }

  const fresh = (seconds: number): boolean =>
    !!token &&
    clock.steady() &&
    token.expires - clock.now() > Math.min(seconds * 1000, token.expires_in * 500)

  /** Replaces the session that was used, unless another tab did so first or somebody signed out. */
  async function commit({ refresh_token }: StoredSession, next?: StoredSession): Promise<void> {
    await update((current) => (current?.refresh_token === refresh_token ? next : current))
    await sync()
  }

  async function renew(known: string | undefined): Promise<void> {
    await sync()
    if (stored && stored.refresh_token !== known) {
      // Another tab was faster: its token is on the way.
      const renewal = new Promise<void>((resolve) => {
        onRenewal = resolve
      })
      if (!fresh(10)) await Promise.race([renewal, sleep(100)])
      if (fresh(10)) return
    }
    const used = stored
    if (!used) throw signedOut()
    const renewed = await refreshGrant(context, used, 'refresh').catch(async (error) => {
      // Unless the user signed out meanwhile.
      if (error.code === 'invalid_grant' && stored?.refresh_token === used.refresh_token) {
        await commit(used)
        post({})
        publish({ error })
      }
      throw error
    })
    const { refresh_token = used.refresh_token, user = used.user } = renewed
    if (user.sub !== used.user.sub) throw new AuthError('invalid_response', 'refresh')
    await commit(used, { ...used, user, refresh_token, expires: expiry() })
    // A racer got the same successor; anything else means that somebody signed out, or in anew.
    if (stored?.refresh_token !== refresh_token) throw signedOut()
    token = renewed.token
    post({ jkt: used.key.jkt, token, now: clock.now() })
    publish()
  }

  async function refresh(): Promise<void> {
    if (failing && clock.elapsed() < failing.until) throw failing.error
    const known = stored?.refresh_token
    try {
      await alone(name, () => renew(known))
      failing = undefined
    } catch (error) {
      if (error instanceof AuthError && error.retryable) {
        const times = (failing?.times ?? 0) + 1
        const wait = (error.retryAfter ?? 0) * 1000 + jittered(Math.min(60_000, 250 * 2 ** times))
        failing = { error, times, until: clock.elapsed() + wait }
      }
      throw error
    }
  }

  async function credentials(options: AccessTokenOptions = {}): Promise<Credentials> {
    const { minTtl = 10, signal } = options
    signal?.throwIfAborted()
    if (stored && (options.fresh || !fresh(minTtl))) {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined
      })
      const aborted = new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
      try {
        await Promise.race([refreshing, aborted])
      } catch (error) {
        // Better an old one that still works than none.
        if (options.fresh || signal?.aborted || !fresh(0)) throw error
      }
    }
    if (!stored || !token) throw signedOut()
    return { key: stored.key, token }
  }

  return {
    join() {
      peers = new BroadcastChannel(name)
      peers.onmessage = hear
    },
    sync,
    user: () => stored?.user,
    publish,
    forget() {
      if (!last) return
      last = undefined
      publish()
    },
    exits: () => exits,
    async begin(key, { token, refresh_token = '', user }) {
      if (!user) throw new AuthError('invalid_response', 'redeem')
      const next = { key, refresh_token, user, expires: expiry() }
      const replaced = replace(next, token)
      await update(() => next)
      post({})
      return replaced
    },
    credentials,
    async end() {
      exits++
      const replaced = replace()
      publish()
      await update(() => undefined)
      post({})
      return replaced
    },
    async wake() {
      if (failing?.error.code === 'network_error') failing = undefined
      await sync()
      publish()
      await credentials().catch(() => {})
    },
  }

  function expiry(): number {
    return context.persistence === 'tab' ? Date.now() + 86_400_000 : Number.POSITIVE_INFINITY
  }
}

const signedOut = () => new AuthError('signed_out', 'call')
