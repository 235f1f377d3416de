import type { FaultPoint } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, visits } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

const points = ['discovery', 'token', 'jwks', 'userinfo'] as const satisfies FaultPoint[]
const statuses = [301, 302, 303, 307, 308]
const rows = points.flatMap((point) => statuses.map((status) => ({ point, status })))

describe('a provider that answers with a redirect', () => {
  it.each([
    ...rows.map((row) => ({ ...row, kind: 'oidc' })),
    ...rows
      .filter(({ point }) => point === 'token' || point === 'userinfo')
      .map((row) => ({ ...row, kind: 'plain' })),
  ])('R25 $status at $point ($kind) takes nothing elsewhere', async ({ point, status, kind }) => {
    const { hostile, steady } = room
    room.clock.advance(25 * 3_600_000)
    steady.requests.clear()
    const recorder = {
      discovery: `${steady.issuer}/.well-known/openid-configuration`,
      token: steady.endpoints.token,
      jwks: steady.endpoints.jwks,
      userinfo: steady.endpoints.userinfo,
    }[point]
    hostile.faults.always('id_token', terse)
    hostile.faults.always(point, () => new Response(null, { status, headers: { location: recorder } }))
    const before = await countRows(room)
    const { ending, requestId } = await takeTrip(room, kind)
    expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'redirected'])
    expect([...steady.requests]).toEqual([])
    expect(visits(hostile)[point]).toBe(1)
    expect(await countRows(room)).toEqual(before)
  })

  it.each([300, 304, 305, 306, 399])('R25 %i is no way on either', async (status) => {
    room.hostile.faults.always('token', () => new Response(null, { status }))
    expect((await takeTrip(room, 'oidc')).ending).toBe('provider_error')
  })

  it('R25 and with the tokens in the same answer is refused as well', async () => {
    room.hostile.faults.always('token', async (answer) => {
      const { members, headers } = await answer()
      const body = JSON.stringify(members)
      return new Response(body, {
        status: 302,
        headers: { ...headers, 'content-type': 'application/json', location: room.steady.endpoints.token },
      })
    })
    expect((await takeTrip(room, 'oidc')).ending).toBe('provider_error')
  })
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
