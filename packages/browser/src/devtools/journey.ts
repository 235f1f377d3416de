import type { Entry } from './record.ts'

export const stations = ['your app', 'Latchkey', 'provider', 'Latchkey', 'your app'] as const

/** `passed` it; `stopped` there; is `there`; has not come so far. */
export type StationState = 'passed' | 'stopped' | 'there' | 'ahead'

/** How far the last sign-in came, station by station, as far as a page can know. */
export function lastJourney(entries: readonly Entry[]): StationState[] | undefined {
  const start = entries.findLastIndex(({ kind }) => kind === 'left')
  const journey = entries.slice(Math.max(start, 0))
  const returned = journey.find((entry) => entry.kind === 'returned')
  const redeemed = journey.findLast(
    (entry) => entry.kind === 'request' && entry.grantType === 'authorization_code',
  )
  if (start < 0 && !returned && !redeemed) return
  if (redeemed?.kind === 'request') return states(4, redeemed.status === 200 ? 'passed' : 'stopped')
  if (returned?.kind !== 'returned') return states(1, 'there')
  if (!returned.error) return states(4, 'there')
  // The provider's word; any other error is what Latchkey made of its answer.
  return states(returned.error === 'access_denied' ? 2 : 3, 'stopped')
}

const states = (at: number, state: StationState): StationState[] =>
  stations.map((_, index) => (index < at ? 'passed' : index > at ? 'ahead' : state))
