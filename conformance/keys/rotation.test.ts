// Signing keys come and go while tokens are made and verified, and nobody notices.
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Pair, type Server, startPair } from './pair.ts'

const minute = 60_000
let pair: Pair
beforeEach(async () => {
  pair = await startPair()
  // The first rounds: a next key, and the other server's knowing of it.
  await pair.timers.pass(10_000)
})
afterEach(() => pair.close())

const server = (index: number): Server => {
  const found = pair.servers[index % 2]
  if (found === undefined) throw new Error('there is no such server')
  return found
}
const kidOf = (token: string) => decodeProtectedHeader(token).kid
const userinfo = async ({ url }: Server, token: string) =>
  (await fetch(`${url}/userinfo`, { headers: { Authorization: `Bearer ${token}` } })).status

it('A44 X10 R6 100 rotations under load, decided by either server: every token verifies as long as it lives', async () => {
  const startedAt = pair.clock.now()
  const sessions = await Promise.all([pair.signIn(), pair.signIn()])
  const verifiers = [pair.verifier(), pair.verifier()]
  const seen = new Set<string | undefined>()
  let living: string[] = []
  let verified = 0
  let turn = 0

  async function load(): Promise<void> {
    const fresh = await Promise.all(sessions.map((session, index) => session.refreshAt(server(turn + index))))
    for (const { access, id } of fresh) {
      seen.add(kidOf(access))
      expect(kidOf(id)).toBe(kidOf(access))
    }
    living = [...living, ...fresh.map(({ access }) => access)].filter(
      (token) => (decodeJwt(token).exp ?? 0) * 1000 > pair.clock.now(),
    )
    for (const verifier of verifiers)
      for (const token of living) {
        await verifier.verifyToken(token)
        verified++
      }
  }

  for (let rotation = 0; rotation < 100; rotation++) {
    // At the same time as the load, and by both every tenth time: one of them decides.
    const asked = rotation % 10 === 0 ? [0, 1] : [rotation]
    const [decisions] = await Promise.all([
      Promise.all(asked.map((index) => server(index).latchkey.rotateKeys())),
      load(),
    ])
    expect(decisions.filter(({ rotated }) => rotated)).toHaveLength(1)
    const beginsAt = Math.max(...decisions.map((decision) => decision.beginsAt))
    while (pair.clock.now() < beginsAt) {
      await pair.timers.pass(3 * minute)
      turn++
      await load()
    }
  }
  expect(seen.size).toBeGreaterThanOrEqual(100)
  expect(verified).toBeGreaterThan(1_000)
  expect(pair.events.filter(({ type }) => type === 'key.rotated')).toHaveLength(100)
  // In its turn alone: no key ever signed that the verifiers did not know already.
  const turns = (pair.clock.now() - startedAt) / (4 * minute)
  for (const verifier of verifiers) expect(verifier.asked()).toBeLessThan(turns + 2)
}, 180_000)

it('A44 X10 the old key stays published until its last token has expired, and is gone then', async () => {
  const session = await pair.signIn()
  const old = kidOf(session.tokens.access)
  const before = await server(1).kids()
  expect(before).toHaveLength(2)
  const { beginsAt, kid } = await server(0).latchkey.rotateKeys()
  expect(before, 'what is to sign was published before').toContain(kid)

  await pair.timers.pass(beginsAt - pair.clock.now() - 1_000)
  const last = (await session.refreshAt(server(1))).access
  expect(kidOf(last)).toBe(old)
  await pair.timers.pass(6_000)
  for (const index of [0, 1]) expect(kidOf((await session.refreshAt(server(index))).access)).toBe(kid)
  const expiresAt = (decodeJwt(last).exp ?? 0) * 1000
  await pair.timers.pass(expiresAt - pair.clock.now() - 1_000)
  for (const index of [0, 1]) {
    expect(await server(index).kids()).toContain(old)
    expect(await userinfo(server(index), last)).toBe(200)
  }
  // Uses are noted for as long as a token lives ahead, and verifiers tolerate a minute.
  await pair.timers.pass(5 * minute + 2 * minute)
  for (const index of [0, 1]) {
    expect(await server(index).kids()).not.toContain(old)
    expect(await server(index).kids()).toHaveLength(2)
  }
})

it('A44 X10 a server takes a rotation up within 10 s, and until then takes tokens of the other all the same', async () => {
  const session = await pair.signIn()
  const old = kidOf(session.tokens.access)
  // Twice, so that the other server has not seen the key.
  await server(0).latchkey.rotateKeys('now')
  const { kid } = await server(0).latchkey.rotateKeys('now')
  const { access } = await session.refreshAt(server(0))
  expect(kidOf(access)).toBe(kid)
  expect(await server(1).kids()).not.toContain(kid)
  expect(await userinfo(server(1), access)).toBe(200)
  expect(await server(1).kids()).toContain(kid)
  await pair.timers.pass(10_000)
  const there = await session.refreshAt(server(1))
  expect(kidOf(there.access)).toBe(kid)
  expect(await server(1).kids()).toContain(old)
  await pair.verifier().verifyToken(there.access)
  const jwks = createRemoteJWKSet(new URL(`${server(1).url}/jwks`))
  await jwtVerify(there.id, jwks, { typ: 'JWT', currentDate: new Date(pair.clock.now()) })
})

it('A44 X10 what a revoked key signed is taken nowhere any more, and its session goes on', async () => {
  const session = await pair.signIn()
  const { access } = session.tokens
  const verifier = pair.verifier()
  await verifier.verifyToken(access)
  const before = await server(0).kids()
  const { kid, revoked } = await server(1).latchkey.rotateKeys('revoke')
  expect(new Set(revoked)).toEqual(new Set(before))
  await pair.timers.pass(10_000)
  for (const index of [0, 1]) {
    expect(await userinfo(server(index), access)).toBe(401)
    const kids = await server(index).kids()
    expect(kids).toContain(kid)
    for (const gone of revoked) expect(kids).not.toContain(gone)
  }
  // The first token of the new key makes a verifier ask, and so forget the old ones.
  await verifier.verifyToken((await session.refreshAt(server(0))).access)
  expect((decodeJwt(access).exp ?? 0) * 1000).toBeGreaterThan(pair.clock.now())
  await expect(verifier.verifyToken(access)).rejects.toMatchObject({ status: 401 })
})

it('X07 a rotation is told of exactly once, with no secret in it', async () => {
  const [first, next] = await server(0).kids()
  await Promise.all([0, 1, 0, 1].map((index) => server(index).latchkey.rotateKeys()))
  await pair.timers.pass(20 * minute)
  const events = pair.events.filter(({ type }) => type === 'key.rotated')
  expect(events).toEqual([
    {
      ...{ id: expect.any(String), type: 'key.rotated', time: expect.any(String) },
      request_id: expect.any(String),
      data: {
        ...{ kid: next, previous_kid: first, algorithm: 'ES256', reason: 'planned' },
        begins_at: expect.any(String),
      },
    },
  ])
})
