// Real processes over one database file, rotated by the command beside them.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createVerifier } from '@latchkey/verify'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Fleet, startFleet } from '../support/fleet.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'
import { kidsAt } from './pair.ts'

let provider: FakeProvider
let fleet: Fleet
let plain: Spa
beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  fleet = await startFleet(2, {
    clients: [{ id: 'plain', dpop: 'off', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
    providers: { oidc: provider.oidc },
  })
  plain = { ...fleet.spa, clientId: 'plain' }
})
afterAll(async () => {
  await fleet?.close()
  await provider?.close()
})

async function command(...given: string[]) {
  const { code, stdout, stderr } = await fleet.run('keys', ...given, '--json')
  expect([code, stdout === '' ? stderr : '']).toEqual([0, ''])
  const { keys = [], ...rest }: { keys?: { kid: string; state: string }[]; [name: string]: unknown } =
    JSON.parse(stdout)
  return { ...rest, keys }
}
/** As stored: a process may not have looked yet. */
async function listed() {
  const { keys } = await command('list')
  return {
    states: keys.map(({ state }) => state),
    next: keys.find(({ state }) => state === 'next')?.kid ?? '',
  }
}

/** Until both publish it: each looks every 5 seconds. */
const published = (kid: string) =>
  vi.waitFor(
    async () => {
      for (const { url } of fleet.members) expect(await kidsAt(url)).toContain(kid)
    },
    { timeout: 20_000, interval: 100 },
  )

it('A44 X10 X07 while both make tokens, every one verifies, before and after each rotation', async () => {
  const verifier = createVerifier({ issuer: fleet.issuer, audience: fleet.issuer })
  const trips = await Promise.all(
    fleet.members.map(() => travel(plain, createBrowser(), { provider: 'oidc' })),
  )
  const refreshTokens = await Promise.all(
    trips.map(async (trip) => String((await postToken(plain, redemptionOf(plain, trip))).body.refresh_token)),
  )
  let { next, states } = await listed()
  await published(next)
  const made = new Map<string, number>()
  const stop = new AbortController()
  const load = fleet.members.map(async ({ url }, index) => {
    while (!stop.signal.aborted) {
      const form = {
        ...{ grant_type: 'refresh_token', client_id: 'plain' },
        refresh_token: refreshTokens[index] ?? '',
      }
      const { status, body } = await postToken({ ...plain, issuer: url }, form)
      expect(status).toBe(200)
      refreshTokens[index] = String(body.refresh_token)
      const token = String(body.access_token)
      await verifier.verifyToken(token)
      const { kid = '' } = decodeProtectedHeader(token)
      made.set(kid, (made.get(kid) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
  const signing = (kid: string) =>
    vi.waitFor(
      async () => {
        const before = made.get(kid) ?? 0
        await new Promise((resolve) => setTimeout(resolve, 300))
        expect(made.get(kid) ?? 0).toBeGreaterThan(before)
      },
      { timeout: 20_000, interval: 100 },
    )

  try {
    // The second makes the verifier ask a second time, and more than that it may not in a minute.
    for (let rotation = 0; rotation < 2; rotation++) {
      await published(next)
      expect(await command('rotate', '--now')).toMatchObject({ rotated: true, kid: next })
      await signing(next)
      ;({ next, states } = await listed())
    }
    expect(states).toEqual(['retiring', 'retiring', 'active', 'next'])
    expect(await command('rotate')).toMatchObject({ rotated: true, kid: next })
  } finally {
    stop.abort()
    await Promise.all(load)
  }
  expect(made.size).toBe(3)
}, 240_000)

it('X07 X10 the command tells of a rotation in its log, with no secret', async () => {
  const { code, stdout, stderr } = await fleet.run('keys', 'rotate', '--revoke')
  expect(code).toBe(0)
  expect(stdout).toMatch(/signs now[\s\S]*is forgotten/)
  const lines = stderr.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: { type: 'key.rotated', data: { reason: 'revoke' } },
  })
  expect(stderr + stdout).not.toMatch(/"d"|sealed/)
  const { stdout: table } = await fleet.run('keys', 'list')
  expect(table.trim().split('\n')).toHaveLength(3)
  expect(table).toMatch(/^KID +ALGORITHM +STATE[\s\S]*ES256 +active[\s\S]*ES256 +next/)
}, 120_000)
