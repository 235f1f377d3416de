import type { AuthState } from './types.ts'

export interface StateCell {
  get(): AuthState
  set(next: AuthState): void
  subscribe(listener: (state: AuthState) => void): () => void
  /** Resolves to the first state that is not `pending`. */
  settled: Promise<AuthState>
}

const pending: AuthState = { status: 'pending' }

/** @param inPage on a server nothing is ever found out: `settled` is at once, and stays `pending` */
export function createState(inPage: boolean): StateCell {
  let state = pending
  const listeners = new Set<(state: AuthState) => void>()
  let settle: (state: AuthState) => void
  const settled = new Promise<AuthState>((resolve) => {
    settle = resolve
    if (!inPage) resolve(pending)
  })
  return {
    get: () => state,
    set(next) {
      // Users are plain JSON, read anew from storage each time; errors know how to be JSON.
      if (JSON.stringify(next) === JSON.stringify(state)) return
      state = next
      settle(next)
      for (const listener of listeners) listener(next)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    settled,
  }
}
