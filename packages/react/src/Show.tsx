import type { AuthState } from '@latchkey/browser'
import type { ReactNode } from 'react'
import { useShared } from './provider.tsx'

type Status = AuthState['status']
type StateOf<S extends Status> = Extract<AuthState, { status: S }>

export interface ShowProps<S extends Status> {
  when: S
  /** A function gets the state, narrowed: `{ user }`, `{ reason }` or `{ error }`. */
  children: ReactNode | ((state: StateOf<S>) => ReactNode)
  /** In any other state that is settled. Default: nothing. */
  fallback?: ReactNode
  /** As long as nobody knows who is there, on a server too. Default: nothing, so that nothing flashes. */
  pending?: ReactNode
}

/** Its children while the state is `when`. */
export function Show<S extends Status>({ when, children, fallback, pending }: ShowProps<S>): ReactNode {
  const { state } = useShared()
  if (is(state, when)) return typeof children === 'function' ? children(state) : children
  return state.status === 'pending' ? pending : fallback
}

const is = <S extends Status>(state: AuthState, when: S): state is StateOf<S> => state.status === when
