// Whatever a provider of OAuth 1.0a plays, in a whole journey: how it ends for the app, what our log says, and that nobody came in.
import { type FaultPoint, faultNames, type faultTable, type RequestPoint } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, subjectsOf, visits } from '../relying-party/evidence.ts'
import { type Ending, openRoom, type Room, takeTrip } from '../relying-party/room.ts'

type Station = Extract<FaultPoint, 'request_token' | 'oauth1_callback' | 'access_token' | 'userinfo'>
interface Expected {
  guards: string
  ends: Ending
  /** What our log says. Absent: nothing went wrong. */
  reason?: string
  /** The last endpoint that may be reached, where it is not the fault's own. */
  reaches?: RequestPoint
  /** Takes the server's whole patience: in `hangs`. */
  slow?: true
}

const ends =
  (ending: Ending) =>
  (guards: string, reason: string, more: Partial<Expected> = {}): Expected => ({
    ...{ guards, ends: ending, reason },
    ...more,
  })
const refused = ends('provider_error')
const outage = ends('temporarily_unavailable')
const denied = ends('access_denied')
const lost = ends('400 invalid_callback')
const welcome = (guards: string): Expected => ({ guards, ends: 'code' })

/** Of an answer that holds credentials. */
const credentials = (what: 'request_token' | 'access_token') => ({
  'http-500': outage('R26', 'provider_5xx'),
  'http-503': outage('R26', 'provider_5xx'),
  html: refused('R26 R27', `${what}_not_form`),
  'html-502': outage('R26', 'provider_5xx'),
  empty: refused('R26 R27', `${what}_not_form`),
  hang: outage('R26', 'timeout', { slow: true }),
  slow: outage('R26', 'timeout', { slow: true }),
  huge: refused('R26', 'too_large'),
  reset: outage('R26', 'connection'),
  redirect: refused('R25', 'redirected'),
  truncated: refused('R26', `${what}_not_form`),
  'wrong-content-type': refused('R27', `${what}_not_form`),
  'deep-json': refused('R26', 'too_deep'),
  array: refused('R27', `${what}_not_form`),
  json: refused('R27', `${what}_not_form`),
  'html-labelled-form': refused('R27', `${what}_not_form`),
  'too-many-requests': outage('R26', 'rate_limited'),
  'missing-token': refused('R27', `${what}_malformed`),
  'empty-token': refused('R27', `${what}_malformed`),
  'token-with-a-line-break': refused('R27', `${what}_malformed`),
  'missing-secret': refused('R27', `${what}_malformed`),
  'empty-secret': refused('R27', `${what}_malformed`),
  'huge-secret': refused('R26 R27', `${what}_malformed`),
  'repeated-token': refused('R27', `${what}_malformed`),
  'repeated-field': refused('R27', `${what}_malformed`),
  'problem-with-200': refused('R28', `${what}_refused`),
  'unknown-consumer': refused('R29', `${what}_refused`),
  'status-201': refused('R27', `${what}_status`),
})

const request_token = {
  ...credentials('request_token'),
  'callback-not-confirmed': refused('R01', 'callback_not_confirmed'),
  'confirmation-missing': refused('R01', 'callback_not_confirmed'),
  // The provider itself does not know it, and says so to the person.
  'other-token': { guards: 'R01', ends: '400 undefined', reaches: 'authorize' as const },
}

const oauth1_callback = {
  'missing-token': refused('R21', 'callback_malformed'),
  'empty-token': refused('R01', 'callback_token'),
  'other-token': refused('R01', 'callback_token'),
  'duplicate-token': lost('R22 41', 'a parameter is repeated'),
  'missing-verifier': denied('R01', 'callback_verifier_missing'),
  'empty-verifier': denied('R01', 'callback_verifier_missing'),
  'wrong-verifier': refused('R01', 'access_token_refused', { reaches: 'access_token' }),
  'huge-verifier': refused('R26', 'callback_malformed'),
  'duplicate-verifier': lost('R22 41', 'a parameter is repeated'),
  'denied-beside-verifier': denied('R21 6', 'callback_denied'),
  'error-access-denied': denied('R21', 'callback_error'),
  'server-error': outage('R21', 'callback_error'),
  'user-refused': denied('R21', 'callback_refused'),
  'unknown-problem': refused('R21', 'callback_refused'),
  'second-state': lost('R22 41', 'a parameter is repeated'),
  'extra-parameters': welcome('R22'),
}

const access_token = {
  ...credentials('access_token'),
  'other-secret': refused('R15', 'userinfo_status', { reaches: 'userinfo' }),
  'person-refused': denied('R21', 'access_token_refused'),
  // Who it is, the signed request tells; what stands beside the credentials is not looked at.
  'somebody-else': welcome('R15'),
}

const userinfo = {
  'http-500': outage('R26', 'provider_5xx'),
  'http-503': outage('R26', 'provider_5xx'),
  html: refused('R27', 'userinfo_not_json'),
  'html-502': outage('R26', 'provider_5xx'),
  empty: refused('R27', 'userinfo_not_json'),
  hang: outage('R26', 'timeout', { slow: true }),
  slow: outage('R26', 'timeout', { slow: true }),
  huge: refused('R26', 'too_large'),
  reset: outage('R26', 'connection'),
  redirect: refused('R25', 'redirected'),
  truncated: refused('R26', 'userinfo_not_json'),
  'wrong-content-type': refused('R27', 'userinfo_not_json'),
  'deep-json': refused('R26', 'too_deep'),
  array: refused('R27', 'userinfo_not_json'),
  'http-401': refused('R15', 'userinfo_status'),
  // Nothing to compare it with: this is who signed in.
  'other-subject': welcome('R15'),
  'missing-subject': refused('R15', 'subject_malformed'),
  'empty-subject': refused('R15', 'subject_malformed'),
  'subject-object': refused('R15', 'subject_malformed'),
  'email-verified-string': welcome('R32'),
}

/** A fault without a row does not compile. */
const hostile = { request_token, oauth1_callback, access_token, userinfo } satisfies {
  [P in Station]: Record<keyof (typeof faultTable)[P], Expected>
}
const table: { readonly [P in Station]: Readonly<Record<string, Expected>> } = hostile
const stations: Station[] = ['request_token', 'oauth1_callback', 'access_token', 'userinfo']

/** In the order in which a journey comes to them, each once. */
const way: RequestPoint[] = ['request_token', 'authorize', 'access_token', 'userinfo']
const lastOf: Record<Station, RequestPoint> = {
  ...{ request_token: 'request_token', oauth1_callback: 'authorize' },
  ...{ access_token: 'access_token', userinfo: 'userinfo' },
}

const rows = faultNames.flatMap(({ point, name, description }) => {
  const station = stations.find((one) => one === point)
  const expected = station === undefined ? undefined : table[station][name]
  if (station === undefined || expected === undefined) return []
  return [{ title: `${expected.guards} ${point} ${name}: ${description}`, station, name, expected }]
})

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile, steady }) => ({ providers: { old: hostile.oauth1, other: steady.oidc } }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

async function play({ station, name, expected }: (typeof rows)[number]): Promise<void> {
  // Whoever is let in by mistake is somebody who is never let in otherwise.
  room.hostile.autoApprove(expected.ends === 'code' ? 'admin' : 'user')
  const before = await countRows(room)
  const fault = rows.find((row) => row.station === station && row.name === name)
  expect(fault).toBeDefined()
  Reflect.apply(room.hostile.faults.always, room.hostile.faults, [station, name])
  const trip = await takeTrip(room, 'old')
  expect(trip.ending).toBe(expected.ends)
  if (expected.reason !== undefined) expect(reasonLogged(room, trip.requestId)).toBe(expected.reason)
  const last = expected.ends === 'code' ? 'userinfo' : (expected.reaches ?? lastOf[station])
  const allowed = way.slice(0, way.indexOf(last) + 1)
  for (const [where, count] of Object.entries(visits(room.hostile))) {
    expect([allowed.some((one) => one === where), count], where).toEqual([true, 1])
  }
  if (expected.ends !== 'code') expect(await countRows(room)).toEqual(before)
  // The fault is one provider's, and over when it is over.
  expect((await takeTrip(room, 'other')).ending).toBe('code')
  room.fresh()
  room.hostile.autoApprove('admin')
  expect((await takeTrip(room, 'old')).ending).toBe('code')
}

describe('a hostile provider of OAuth 1.0a', () => {
  it.each(rows.filter(({ expected }) => expected.slow !== true))('$title', play)

  it('R06 never let anybody in whom it vouched for only under a fault', async () => {
    const subjects = await subjectsOf(room, 'provider:old')
    expect(subjects).toContain('1002')
    expect(subjects).not.toContain('1001')
  })
})

describe('R26 a provider that takes forever', () => {
  const slow = rows.filter(({ expected }) => expected.slow === true)

  it(`is left after the server's patience: ${slow.map(({ station, name }) => `${station} ${name}`).join(', ')}`, async () => {
    // All at once: each takes five seconds.
    const outcomes = await Promise.all(
      slow.map(async ({ station, name }) => {
        const own = await openRoom({
          hostile: { algorithm: 'ES256' },
          configure: ({ hostile }) => ({ providers: { old: hostile.oauth1 } }),
        })
        try {
          Reflect.apply(own.hostile.faults.always, own.hostile.faults, [station, name])
          const trip = await takeTrip(own, 'old')
          return [station, name, trip.ending, reasonLogged(own, trip.requestId)]
        } finally {
          await own.close()
        }
      }),
    )
    expect(outcomes).toEqual(
      slow.map(({ station, name, expected }) => [station, name, expected.ends, expected.reason]),
    )
  }, 30_000)
})
