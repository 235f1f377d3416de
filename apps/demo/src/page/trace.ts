import { useEffect, useState } from 'react'
import { type Station, story } from '../journey/story.ts'
import type { JourneyTrace } from '../journey/trace.ts'

/** Which journey: the one that yielded a session, the last since a time, or the last that connected an account. */
export type Which = { session: string } | { since: number } | { connection: string }

/** What the demo's host saw of a journey, told; undefined while there is none. */
export function useStory(
  which: Which | undefined,
  ends: { page: string; provider: string },
): Station[] | undefined {
  const [told, setTold] = useState<Station[]>()
  const query =
    which && new URLSearchParams(Object.entries(which).map(([key, value]) => [key, String(value)])).toString()
  const { page, provider } = ends
  useEffect(() => {
    if (query === undefined) return undefined
    let stale = false
    const tell = async () => {
      const trace = await fetchTrace(query)
      if (!stale && trace !== undefined) setTold(story(trace, { page, provider }))
    }
    void tell()
    return () => {
      stale = true
    }
  }, [query, page, provider])
  return told
}

async function fetchTrace(query: string): Promise<JourneyTrace | undefined> {
  try {
    const trace: JourneyTrace | null = await (await fetch(`/demo/journey?${query}`)).json()
    return trace ?? undefined
  } catch {
    return undefined
  }
}

const key = 'latchkey-demo-started'

/** When this tab last left to sign in, and with which provider: nothing that opens anything. */
export const started = {
  note: (provider: string): void => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), provider }))
    } catch {
      // Without storage the timeline of a failed journey stays empty; nothing else depends on it.
    }
  },
  read: (): { at: number; provider: string } | undefined => {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
      return isStart(value) ? value : undefined
    } catch {
      return undefined
    }
  },
}

function isStart(value: unknown): value is { at: number; provider: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    typeof value.at === 'number' &&
    'provider' in value &&
    typeof value.provider === 'string'
  )
}
