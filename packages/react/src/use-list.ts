import { useEffect, useRef, useState } from 'react'

export interface List<Item> {
  /** Absent until they are there. */
  items?: Item[] | undefined
  /** Why they are not, or no longer fresh. */
  error?: Error | undefined
}

/**
 * Loads once when the component appears, and again when asked to; what was there stays until then. StrictMode asks no
 * second time.
 */
export function useList<Item>(load: () => Promise<Item[]>): [list: List<Item>, ask: () => Promise<void>] {
  const [list, setList] = useState<List<Item>>({})
  const asked = useRef(false)
  const ask = () => {
    asked.current = true
    setList(({ items }) => ({ items }))
    return load().then(
      (items) => setList({ items }),
      (error: Error) => setList((list) => ({ ...list, error })),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (!asked.current) void ask()
  }, [])
  return [list, ask]
}
