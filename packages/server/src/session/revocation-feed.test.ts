import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextCursor, reachOf, readPlace } from './revocation-feed.ts'

const now = 1_800_000_000_000
const reachMs = 420_000

describe('A39 readPlace', () => {
  it.each([
    ['no cursor: as far back as the feed reaches', undefined, { since: now - reachMs, round: now }],
    ['a round’s beginning', `${now - 65_000}`, { since: now - 65_000, round: now }],
    ['an outage ago: no further back than the reach', `${now - 9e6}`, { since: now - reachMs, round: now }],
    [
      'of the future (a clock was set back): the last minute again',
      `${now + 9e6}`,
      { since: now - 60_000, round: now },
    ],
    [
      'in the middle of a round',
      `${now - 1}.${now - 5}.ses_a`,
      { since: now - 1, after: 'ses_a', round: now - 5 },
    ],
    [
      'in the middle of a round of long ago',
      `${now - 9e6}.${now - 8e6}.ses_a`,
      { since: now - reachMs, round: now - 8e6 },
    ],
    ['in a round of the future', `${now}.${now + 5}.ses_a`, { since: now, after: 'ses_a', round: now }],
    ['nothing', '', undefined],
    ['half a place', `${now}.${now}`, undefined],
    ['a negative time', '-1', undefined],
    ['a number as nobody writes it', '1e9', undefined],
    ['an id that is none', `${now}.${now}.a'b`, undefined],
  ])('%s', (_, cursor, place) => {
    expect(readPlace(cursor, now, reachMs)).toEqual(place)
  })

  it('reaches back for as long as a token may live', () => {
    expect(reachOf({ accessTokenSeconds: 300 })).toBe(420)
  })
})

/** The store, as its contract has it. */
function listed(
  ends: readonly { id: string; revokedAt: number }[],
  since: number,
  limit: number,
  after?: string,
) {
  return ends
    .filter(
      (end) => end.revokedAt > since || (end.revokedAt === since && after !== undefined && end.id > after),
    )
    .toSorted((a, b) => a.revokedAt - b.revokedAt || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}

it('A39 who follows hears of every end that comes to light within a minute, whatever the pages', () => {
  const end = fc.record({
    id: fc.uuid(),
    /** Steps of ten seconds, so that many ends share a time. */
    at: fc.integer({ min: 0, max: 60 }).map((step) => now + step * 10_000),
    lateBy: fc.integer({ min: 0, max: 59_000 }),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(end, { maxLength: 40, selector: ({ id }) => id }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 60 }),
      (ends, limit, waits) => {
        const heard = new Set<string>()
        let time = now
        let cursor: string | undefined
        // One page at each step: time goes by in the middle of rounds too.
        for (const wait of [...waits, ...Array.from({ length: 100 }, () => 1)]) {
          const place = readPlace(cursor, time, 1e9)
          if (place === undefined) throw new Error('our own cursor is refused')
          const visible = ends
            .filter(({ at, lateBy }) => at + lateBy <= time)
            .map(({ id, at }) => ({ id, revokedAt: at }))
          const page = listed(visible, place.since, limit, place.after)
          for (const { id } of page) heard.add(id)
          cursor = nextCursor(place, page, limit).cursor
          time += wait
        }
        const due = ends.filter(({ at, lateBy }) => at + lateBy <= time - 200)
        expect([...heard].toSorted()).toEqual(expect.arrayContaining(due.map(({ id }) => id).toSorted()))
      },
    ),
  )
})
