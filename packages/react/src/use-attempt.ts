import type { AuthError } from '@latchkey/browser'
import { useRef, useState } from 'react'
import type { StartOptions } from './ProviderButtons.tsx'

/** On the way out, or come back without success. */
export interface Attempt<What> {
  leaving?: What
  error?: AuthError
  /** The same once more; without a popup where that was blocked. */
  retry?: () => void
}

/** Leaves for a provider, one attempt at a time: a popup that was closed tells nobody, so another click starts anew. */
export function useAttempt<What>(
  leave: (what: What, more: StartOptions & { signal: AbortSignal }) => Promise<unknown>,
): Attempt<What> & { begin(what: What, more?: StartOptions | false): void } {
  const [attempt, set] = useState<Attempt<What>>({})
  const last = useRef<AbortController>(undefined)
  const begin = (what: What, more?: StartOptions | false) => {
    last.current?.abort()
    last.current = new AbortController()
    const { signal } = last.current
    set({ leaving: what })
    void leave(what, { ...more, signal })
      .then(
        () => ({}),
        (error: AuthError) => ({
          error,
          retry: () => begin(what, error.action === 'redirect' && { flow: 'redirect' }),
        }),
      )
      .then((ended) => signal.aborted || set(ended))
  }
  return { ...attempt, begin }
}
