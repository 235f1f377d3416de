import type { Sealer } from '../sealing/index.ts'
import { isAlive } from './journey.ts'

/**
 * What the journey's cookie holds in same-site mode before the provider's hop and after it: nothing but that this
 * browser is the one the journey began in. Sealed, because the journey's id is in the provider's logs.
 */
export interface BrowserBindings {
  seal(journeyId: string, now: number): string
  /** When it was made, in milliseconds; undefined unless made by us for this journey, ten minutes ago at most. */
  open(sealed: string, journeyId: string, now: number): number | undefined
}

export function createBrowserBindings(sealer: Sealer): BrowserBindings {
  return {
    seal: (journeyId, now) => sealer.seal(Buffer.from(String(now)), journeyId),
    open(sealed, journeyId, now) {
      const bytes = sealer.open(sealed, journeyId)
      if (bytes === undefined) return
      const madeAt = Number(bytes.toString('utf8'))
      return isAlive(madeAt, now) ? madeAt : undefined
    },
  }
}
