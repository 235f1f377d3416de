import type { SignInOptions } from '@latchkey/browser'
import { type ReactNode, useEffect, useState } from 'react'
import { useShared } from './provider.tsx'
import { SignInButtons } from './SignInButtons.tsx'

export interface RequireAuthProps {
  /** While somebody is signed in. */
  children: ReactNode
  /**
   * Starts signing in by itself, by redirect, when the page is opened signed out: at most once a page; not after an
   * attempt that failed, not after signing out, and not on the way Back. Without it a sign-in starts from a click (B17).
   */
  start?: boolean | Omit<SignInOptions, 'flow' | 'signal'>
  /** When nobody is signed in. Default: `SignInButtons`. A function gets what the automatic start failed of. */
  fallback?: ReactNode | ((error: Error | undefined) => ReactNode)
  /** Until it is known who is there, and while leaving. Default: nothing. */
  pending?: ReactNode
}

/** For parts of the app, deep links included, that need a user: one comes back to where one was. */
export function RequireAuth({ children, start, fallback, pending }: RequireAuthProps): ReactNode {
  const { auth, state, automatic } = useShared()
  const { status } = state
  /** Whether the page may still start by itself; if it tried, what came of it. */
  const [over, setOver] = useState<{ error?: Error }>()
  const starting = start && !over && status === 'signed-out' && !state.reason

  // biome-ignore lint/correctness/useExhaustiveDependencies: the client is always the same; options count when starting
  useEffect(() => {
    // Who signs out here is not signed in again by the page.
    if (status === 'signed-in' || cameBack()) return setOver({})
    // Nor who was told of a failure: its reason goes away as soon as a button is pressed.
    if (!starting) return status === 'pending' ? undefined : setOver((over) => over ?? {})
    automatic.current ??= auth.signIn({ ...(start === true ? {} : start), flow: 'redirect' })
    automatic.current.then(
      () => setOver({}),
      (error: Error) => setOver({ error }),
    )
  }, [status, starting])

  if (status === 'signed-in') return children
  if (status === 'pending' || starting) return pending
  if (typeof fallback === 'function') return fallback(over?.error)
  return fallback ?? <SignInButtons error={over?.error} />
}

/** Leaving at once would keep the user from ever going Back past this page. */
const cameBack = () =>
  performance.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'back_forward')
