import type { Auth, AuthState, User } from '@latchkey/browser'
import {
  createContext,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useContext,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { Messages } from './messages.ts'

interface Shared {
  auth: Auth
  messages: Messages
  /** The sign-in that this page started by itself: at most one, however often anything is rendered. */
  automatic: RefObject<Promise<void> | undefined>
}

const Context = createContext<Shared | undefined>(undefined)

export interface AuthProviderProps {
  /** Made once, outside of components. */
  auth: Auth
  /** What components say: `en` of `@latchkey/react/en`, or a catalogue of your own. */
  messages: Messages
  children?: ReactNode
}

/** Gives the client to the components below it. */
export function AuthProvider({ auth, messages, children }: AuthProviderProps): ReactElement {
  const automatic = useRef<Promise<void>>(undefined)
  const value = useMemo(() => ({ auth, messages, automatic }), [auth, messages])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

// One object, so that hydrating finds what the server rendered.
const pending: AuthState = { status: 'pending' }

export function useShared(): Shared & { state: AuthState } {
  const shared = useContext(Context)
  if (!shared) throw new Error('AuthProvider is missing')
  const { auth } = shared
  const state = useSyncExternalStore(
    auth.subscribe,
    () => auth.state,
    () => pending,
  )
  return { ...shared, state }
}

/**
 * The client, and its state: rendered anew whenever that changes. On a server it is `pending`.
 * @alias of `useShared`: fewer bytes than a function that calls it
 */
export const useAuth: () => { auth: Auth; state: AuthState } = useShared

/** The user while somebody is signed in. Its type is what the application registers as `user`. */
export function useUser(): User | undefined {
  const { state } = useShared()
  return state.status === 'signed-in' ? state.user : undefined
}
