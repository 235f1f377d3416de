import type { AuthState, CatalogEntry, Connection } from '@latchkey/browser'
import { useEffect, useRef, useState } from 'react'
import { useShared } from '../provider.tsx'

export interface Connections {
  /** Of who is signed in; absent until they are there. */
  connections?: Connection[] | undefined
  /** What can be connected. */
  catalog?: CatalogEntry[] | undefined
  /** Why they are not there, or not up to date. */
  error?: Error | undefined
  /** Asks again; what was there stays until then. */
  reload(): Promise<void>
}

interface Known extends Omit<Connections, 'reload'> {
  /** Whose. */
  sub?: string
}

/**
 * The user's connections and what can be connected; asked for anew whenever the client's state changes, so also when an
 * account was connected in a popup.
 */
export function useConnections(): Connections {
  const { auth, state } = useShared()
  const [{ sub, ...known }, set] = useState<Known>({})
  const asked = useRef<AuthState>(undefined)
  const user = state.status === 'signed-in' ? state.user.sub : undefined

  async function reload(): Promise<void> {
    if (user === undefined) return
    asked.current = state
    // What another user's, or an older, question brings comes too late.
    const tell = (change: (known: Known) => Known) => asked.current === state && set(change)
    try {
      const { catalog, list } = auth.connections
      const [connections, entries] = await Promise.all([list(), catalog()])
      tell(() => ({ sub: user, connections, catalog: entries }))
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      tell((known) => ({ ...(known.sub === user && known), sub: user, error }))
    }
  }
  useEffect(() => {
    // StrictMode asks no second time.
    if (asked.current !== state) void reload()
  })
  return { ...(sub === user && known), reload }
}
