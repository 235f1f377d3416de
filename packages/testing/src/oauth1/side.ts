import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { type OAuth1Habits, type OAuth1Options, oauth1Habits } from './habits.ts'
import { createOAuth1Store, type OAuth1Store } from './store.ts'

/** The OAuth 1.0a side of a realm. */
export interface OAuth1Side {
  habits: OAuth1Habits
  store: OAuth1Store
}

export const createOAuth1Side = (
  options: OAuth1Options | undefined,
  parts: { clock: Clock; ids: Ids },
): OAuth1Side => ({ habits: oauth1Habits(options), store: createOAuth1Store(parts) })
