import { createAuthFetch } from './auth-fetch.ts'
import { finishCallback } from './callback.ts'
import { takeCallback } from './capture.ts'
import { createClock } from './clock.ts'
import { random } from './encoding.ts'
import { AuthError } from './errors.ts'
import { createKv } from './kv.ts'
import { readOptions } from './options.ts'
import { type Context, revoke } from './request.ts'
import { safeReturnTo } from './return-to.ts'
import { createSession } from './session.ts'
import { endEverywhere } from './sign-out.ts'
import { startSignIn } from './start.ts'
import { createState } from './state.ts'
import type {
  AccessTokenOptions,
  AuthOptions,
  AuthState,
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
   * Leaves for the provider. Resolves only if the user comes Back to the page as it was.
   * @throws AuthError `blocked_by_csp`, `origin_hidden`, `storage_unavailable`; the signal's reason
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

  async function open(): Promise<void> {
    const captured = takeCallback()
    let failure: AuthError | undefined
    try {
      if (captured) await finishCallback(context, kv, session, captured)
      else await session.sync()
    } catch (cause) {
      failure =
        cause instanceof AuthError
          ? cause
          : new AuthError('invalid_response', 'callback', undefined, { cause })
    }
    session.publish(failure)
  }

  if (inPage) {
    const wake = () => state.get().status !== 'pending' && !document.hidden && session.wake()
    addEventListener('online', wake)
    addEventListener('pageshow', ({ persisted }) => persisted && wake())
    addEventListener('visibilitychange', wake)
    session.join()
    void open()
  }

  const signIn = (options: SignInOptions = {}) => startSignIn(context, kv, options)
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
      const told = (everywhere ? endEverywhere : revoke)(context, ended)
      if (returnTo !== undefined) context.navigate(safeReturnTo(returnTo, location.origin))
      await told
    },
    getAccessToken: async (options) => (await session.credentials(options)).token.access_token,
    fetch: createAuthFetch(context, session),
    async requireUser(options) {
      await state.settled
      const current = state.get()
      if (current.status === 'signed-in') return current.user
      const failure = 'error' in current ? current.error : 'reason' in current && current.reason
      if (failure && failure !== shown) {
        shown = failure
        throw failure
      }
      await signIn(options)
      throw new AuthError('signed_out', 'start')
    },
  }
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
