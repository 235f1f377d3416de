import { type Persona, withClaims } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { linkTrip, signIn } from '../account/support.ts'
import { countRows } from './evidence.ts'
import { openRoom, type Room, takeTrip } from './room.ts'

const personas: Persona[] = [
  ['colleague', { hd: 'corp.example', email: 'ann@corp.example', email_verified: true }],
  ['stranger', { hd: 'evil.example', email: 'eve@evil.example', email_verified: true }],
  ['consumer', { email: 'eve@corp.example', email_verified: true }],
  ['two-signs', { email: 'eve@evil.example@corp.example', email_verified: true }],
  ['look-alike', { email: 'eve＠corp.example', email_verified: true }],
  ['unverified', { hd: 'corp.example', email: 'eve@corp.example', email_verified: false }],
].map(([id, claims]) => ({ id: String(id), subject: `s-${id}`, shows: '', claims: Object(claims) }))

let room: Room
beforeAll(async () => {
  room = await openRoom({
    hostile: { personas, autoApprove: 'colleague', algorithm: 'ES256' },
    configure: ({ hostile, steady }) => ({
      providers: {
        hosted: { ...hostile.oidc, require_claims: { hd: 'corp.example' } },
        addressed: { ...hostile.oidc, allowed_email_domains: ['corp.example'] },
        plain: { ...hostile.oauth2, require_claims: { name: 'Ann' } },
        other: steady.oidc,
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

it.each([
  ['hosted', 'colleague', 'code'],
  ['hosted', 'unverified', 'code'],
  ['hosted', 'stranger', 'access_denied'],
  ['hosted', 'consumer', 'access_denied'],
  ['addressed', 'colleague', 'code'],
  ['addressed', 'consumer', 'code'],
  ['addressed', 'stranger', 'access_denied'],
  ['addressed', 'two-signs', 'access_denied'],
  ['addressed', 'look-alike', 'access_denied'],
  ['addressed', 'unverified', 'access_denied'],
])('R36 23 24 25 at %s, %s ends with %s', async (provider, persona, ending) => {
  room.hostile.autoApprove(persona)
  const before = await countRows(room)
  expect((await takeTrip(room, provider)).ending).toBe(ending)
  if (ending !== 'code')
    expect(await countRows(room)).toMatchObject({ users: before.users, identities: before.identities })
})

it('R06 R36 60 whoever fails at the last step has nothing that works', async () => {
  room.hostile.autoApprove('stranger')
  const before = await countRows(room)
  const { answer, browser } = await takeTrip(room, 'hosted')
  expect([answer.get('error'), answer.get('code')]).toEqual(['access_denied', null])
  expect(browser.cookies().filter(({ name }) => name.startsWith('latchkey-'))).toEqual([])
  expect(await countRows(room)).toEqual(before)
})

it('R36 the hint goes along, and is no evidence', async () => {
  room.hostile.autoApprove('stranger')
  expect((await takeTrip(room, 'hosted')).ending).toBe('access_denied')
  expect(room.hostile.requests.last('authorize')?.query.get('hd')).toBe('corp.example')
})

it('R36 whoever came in before stays out once they have left', async () => {
  room.hostile.autoApprove('colleague')
  expect((await takeTrip(room, 'hosted')).ending).toBe('code')
  room.hostile.faults.next('id_token', withClaims({ hd: 'new-employer.example' }))
  expect((await takeTrip(room, 'hosted')).ending).toBe('access_denied')
})

it('R36 with plain OAuth 2.0 it is what userinfo says', async () => {
  const named = (name: string) =>
    room.hostile.faults.next('userinfo', async (answer) => {
      const whole = await answer()
      return { ...whole, members: { ...whole.members, name } }
    })
  named('Ann')
  expect((await takeTrip(room, 'plain')).ending).toBe('code')
  named('Eve')
  expect((await takeTrip(room, 'plain')).ending).toBe('access_denied')
})

it('R36 nobody links what may not sign in', async () => {
  const user = await signIn(room, { provider: 'other' })
  room.hostile.autoApprove('stranger')
  const { answer } = await linkTrip(room, user, 'hosted')
  expect(answer.get('error')).toBe('access_denied')
})
