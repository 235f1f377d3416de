import { useCallback, useEffect, useState } from 'react'
import type { AppsView, Play } from '../apps/plays.ts'

const path = '/demo/apps'

/** What the apps' provider has seen, asked for now and then; and how to make it misbehave. */
export function useApps(): { view: AppsView | undefined; play(play: Play): Promise<void>; ask(): void } {
  const [view, setView] = useState<AppsView>()
  const load = useCallback(async (request: RequestInit, play?: Play) => {
    try {
      const answer = await fetch(play === undefined ? path : `${path}?play=${play}`, request)
      setView(await answer.json())
    } catch {
      // The page is offline or the demo has ended: what was seen last stays.
    }
  }, [])
  const ask = useCallback(() => void load({}), [load])
  useEffect(() => {
    ask()
    const timer = setInterval(ask, 2000)
    return () => clearInterval(timer)
  }, [ask])
  return { view, play: (play) => load({ method: 'POST' }, play), ask }
}
