import {
  compose,
  type FaultRow,
  faultNames,
  faultTable,
  type IdTokenMutator,
  type RequestPoint,
} from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, subjectsOf, visits } from './evidence.ts'
import { type Expected, hostileProvider, type JourneyPoint } from './hostile-provider.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

type Speaks = 'oidc' | 'posted' | 'plain'
interface Played extends FaultRow {
  station: JourneyPoint
  expected: Expected
}

const points: JourneyPoint[] = ['discovery', 'authorize', 'token', 'id_token', 'jwks', 'userinfo']

/** The rows that show over this kind of provider, with what differs there. */
function rowsFor(speaks: Speaks, at: JourneyPoint[]): [title: string, row: Played][] {
  return faultNames.flatMap((row): [string, Played][] => {
    const station = at.find((one) => one === row.point)
    const listed = station === undefined ? undefined : hostileProvider[station][row.name]
    if (station === undefined || listed === undefined || listed.slow === true) return []
    const differs = speaks === 'oidc' ? {} : listed[speaks]
    if (differs === false) return []
    const { reason, ...expected } = { ...listed, ...differs }
    const suite = listed.suite === undefined ? '' : ` (${listed.suite.join(', ')})`
    const title = `${listed.guards} ${row.point} ${row.name}: ${row.description}${suite}`
    const why = reason === undefined || expected.ends === 'code' ? {} : { reason }
    return [[title, { ...row, station, expected: { ...expected, ...why } }]]
  })
}

type Visits = Partial<Record<RequestPoint, number>>

/** How often each endpoint may be asked when a fault strikes there; what is not named, never. */
const reaches: Record<JourneyPoint, Visits> = {
  discovery: { discovery: 1 },
  authorize: { discovery: 1, authorize: 1 },
  token: { discovery: 1, authorize: 1, jwks: 1, token: 1 },
  id_token: { discovery: 1, authorize: 1, jwks: 2, token: 1 },
  jwks: { discovery: 1, authorize: 1, jwks: 2, token: 1 },
  userinfo: { discovery: 1, authorize: 1, jwks: 2, token: 1, userinfo: 1 },
}

function mostVisits(point: JourneyPoint, { ends, stopsAfter }: Expected): Visits {
  return reaches[ends === 'code' ? 'userinfo' : (stopsAfter ?? point)]
}

const idTokenFault = (name: string): IdTokenMutator | undefined =>
  Object.entries(faultTable.id_token).find(([known]) => known === name)?.[1].fault

/** Milliseconds: metadata and keys are kept for a day at most, a failure to fetch them for five seconds. */
const forgotten = 25 * 3_600_000
const coolDown = 5_000

async function play(
  room: Room,
  speaks: Speaks,
  { point, station, name, needs, expected }: Played,
): Promise<void> {
  const { hostile, clock } = room
  const fetchesAnew = point === 'discovery' || point === 'jwks'
  if (fetchesAnew) clock.advance(forgotten)
  // Whoever is let in by mistake is somebody who is never let in otherwise.
  hostile.autoApprove(expected.ends === 'code' ? 'admin' : 'user')
  const before = await countRows(room)
  const spoiled = point === 'id_token' ? idTokenFault(name) : undefined
  hostile.faults.always(point, name)
  hostile.faults.always('id_token', spoiled === undefined ? terse : compose(terse, spoiled))

  const trip = await takeTrip(room, speaks, needs === 'max_age' ? { changes: { max_age: '3600' } } : {})
  expect(trip.ending).toBe(expected.ends)
  expect(reasonLogged(room, trip.requestId)).toBe(expected.reason)
  const most = new Map(Object.entries(mostVisits(station, expected)))
  for (const [where, count] of Object.entries(visits(hostile))) {
    expect(count, where).toBeLessThanOrEqual(most.get(where) ?? 0)
  }
  if (expected.ends !== 'code') expect(await countRows(room)).toEqual(before)
  if (trip.page.next !== undefined) {
    expect([trip.answer.get('state'), trip.answer.get('iss')]).toEqual([trip.state, room.issuer])
  }

  // The fault is one provider's, and over when it is over.
  expect((await takeTrip(room, 'other')).ending).toBe('code')
  room.fresh()
  hostile.autoApprove('admin')
  if (fetchesAnew) clock.advance(coolDown)
  expect((await takeTrip(room, speaks)).ending).toBe('code')
}

describe.each(['RS256', 'ES256'] as const)('the hostile provider, signing with %s', (algorithm) => {
  let room: Room
  beforeAll(async () => {
    room = await openRoom({
      hostile: { algorithm },
      // The second of each pair is taken from other keys: from this one it is the wrong algorithm.
      configure: ({ hostile, steady }) => ({
        providers: {
          oidc: { ...hostile.oidc, id_token_algorithms: ['RS256', 'PS256', 'ES256', 'ES384'] },
          posted: { ...hostile.oidc, response_mode: 'form_post' },
          plain: hostile.oauth2,
          other: steady.oidc,
        },
      }),
    })
  })
  beforeEach(() => room.fresh())
  afterAll(() => room?.close())

  // What depends on the algorithm is in the ID token and the keys; the rest needs to be played once.
  const here = algorithm === 'RS256' ? points : (['id_token', 'jwks'] satisfies JourneyPoint[])
  describe('as an OpenID provider', () => {
    it.each(rowsFor('oidc', here))('%s', (_, row) => play(room, 'oidc', row))
  })

  if (algorithm === 'RS256') {
    describe('as an OpenID provider that answers by form_post', () => {
      it.each(rowsFor('posted', ['authorize']))('R24 %s', (_, row) => play(room, 'posted', row))
    })
    describe('as a plain OAuth 2.0 provider', () => {
      it.each(rowsFor('plain', ['authorize', 'token', 'userinfo']))('%s', (_, row) =>
        play(room, 'plain', row),
      )
    })
  }

  it('R06 never let anybody in whom it vouched for only under a fault', async () => {
    expect(await subjectsOf(room, room.hostile.issuer)).not.toContain('fake-user-ada')
    expect(await subjectsOf(room, 'provider:plain')).not.toContain('1001')
    expect(await subjectsOf(room, room.hostile.issuer)).toContain('fake-admin-grace')
  })

  it('X06 left no secret in the log', () => expectNoSecretLogged(room))
})

describe('the table', () => {
  it('has a row for every fault, and none besides', () => {
    const named = points.flatMap((point) =>
      Object.keys(hostileProvider[point]).map((name) => `${point} ${name}`),
    )
    const known = faultNames.filter(({ point }) => points.some((one) => one === point))
    expect(named.sort()).toEqual(known.map(({ point, name }) => `${point} ${name}`).sort())
  })
})
