import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask, serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

let clock: TestClock
let provider: FakeProvider
let server: Running
let spa: Spa
const reports = serviceWithSecret('reports')
const gateway = serviceWithKey(
  'gateway',
  () => server.issuer,
  () => clock.now(),
)

beforeEach(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin], dpop: 'off' as const }
  server = await startLatchkey(
    () => ({
      clients: [{ ...client, id: 'web' }],
      services: [
        { id: reports.id, secret: reports.secret },
        { id: gateway.id, jwks: gateway.jwks },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
  spa = server.spa
})
afterEach(async () => {
  await server?.close()
  await provider?.close()
})

async function signIn() {
  const trip = await travel(spa, createBrowser(clock), { provider: 'oidc' })
  const { body } = await postToken(spa, redemptionOf(spa, trip))
  const accessToken = String(body.access_token)
  const sid = String(decodeJwt(accessToken).sid)
  return { accessToken, sid, refreshToken: String(body.refresh_token) }
}
const signOut = (token: string) => ask(`${server.issuer}/revoke`, { token, client_id: 'web' })
const feed = (params: Record<string, string> = {}) =>
  ask(`${server.issuer}/revocations`, params, reports.basic)

interface Page {
  sids: string[]
  cursor: string
  more: boolean
}
async function read(params: Record<string, string> = {}): Promise<Page> {
  const { status, body } = await feed(params)
  expect(status).toBe(200)
  const entries = Array.isArray(body.revocations) ? body.revocations : []
  return {
    sids: entries.map(({ sid }: { sid: string }) => sid),
    cursor: String(body.next_cursor),
    more: body.more === true,
  }
}

describe('A39 the revocation feed', () => {
  it('A39 names the sessions that were ended, when, and for how long that matters', async () => {
    const { refreshToken, sid } = await signIn()
    await signIn()
    expect((await read()).sids).toEqual([])
    await signOut(refreshToken)
    const { status, headers, body } = await feed()
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      revocations: [{ sid, revoked_at: new Date(clock.now()).toISOString() }],
      next_cursor: expect.any(String),
      more: false,
      reach_seconds: 420,
    })
  })

  it('A39 hears of every kind of end', async () => {
    const [one, two, three, four] = [await signIn(), await signIn(), await signIn(), await signIn()]
    const { refreshToken } = one
    await signOut(refreshToken)
    const headers = { Authorization: `Bearer ${two.accessToken}` }
    await fetch(`${server.issuer}/account/sessions/${three.sid}`, { method: 'DELETE', headers })
    expect((await read()).sids.toSorted()).toEqual([one.sid, three.sid].toSorted())
    // A refresh token that was stolen and used.
    const refresh = { grant_type: 'refresh_token', client_id: 'web' }
    await postToken(spa, { ...refresh, refresh_token: four.refreshToken })
    clock.advance(31_000)
    await postToken(spa, { ...refresh, refresh_token: four.refreshToken })
    expect((await read()).sids).toContain(four.sid)
    // A code that came twice.
    const redemption = redemptionOf(spa, await travel(spa, createBrowser(clock), { provider: 'oidc' }))
    const { body } = await postToken(spa, redemption)
    await postToken(spa, redemption)
    expect((await read()).sids).toContain(decodeJwt(String(body.access_token)).sid)
    // The user, and with them what is left of their sessions.
    await fetch(`${server.issuer}/account`, { method: 'DELETE', headers })
    const { sids } = await read()
    for (const { sid } of [one, two, three, four]) expect(sids).toContain(sid)
    expect(sids).toHaveLength(5)
  })

  it('A39 repeats the last minute, and goes on where it was', async () => {
    const [one, two] = [await signIn(), await signIn()]
    await signOut(one.refreshToken)
    const first = await read()
    expect(first.sids).toEqual([one.sid])
    clock.advance(59_000)
    await signOut(two.refreshToken)
    const second = await read({ cursor: first.cursor })
    expect(second.sids).toEqual([one.sid, two.sid])
    clock.advance(2_000)
    expect((await read({ cursor: second.cursor })).sids).toEqual([one.sid, two.sid])
    const third = await read({ cursor: (await read({ cursor: second.cursor })).cursor })
    expect(third.sids).toEqual([two.sid])
  })

  it('A39 comes in pages, of which none is missed, even with one time for all', async () => {
    const all = []
    for (let count = 0; count < 5; count++) all.push(await signIn())
    const headers = { Authorization: `Bearer ${all[0]?.accessToken}` }
    await fetch(`${server.issuer}/account/sessions`, { method: 'DELETE', headers })
    const heard: string[] = []
    let page = await read({ limit: '2' })
    for (let count = 0; count < 10 && page.more; count++) {
      heard.push(...page.sids)
      expect(page.sids).toHaveLength(2)
      page = await read({ limit: '2', cursor: page.cursor })
    }
    heard.push(...page.sids)
    expect(heard.toSorted()).toEqual(all.map(({ sid }) => sid).toSorted())
  })

  it('A39 reaches back for as long as tokens may live', async () => {
    const { refreshToken, sid } = await signIn()
    await signOut(refreshToken)
    clock.advance(419_000)
    expect((await read()).sids).toEqual([sid])
    expect((await read({ cursor: '0' })).sids).toEqual([sid])
    clock.advance(1_000)
    expect((await read()).sids).toEqual([])
    expect((await read({ cursor: '0' })).sids).toEqual([])
  })

  it('A25 is for services, by every way that they have', async () => {
    const url = `${server.issuer}/revocations`
    expect((await ask(url, reports.inBody)).status).toBe(200)
    expect((await ask(url, gateway.signed())).status).toBe(200)
    for (const params of [{}, { client_id: 'web' }, { ...reports.inBody, client_secret: 'x' }]) {
      const { status, body } = await ask(url, params)
      expect([status, body.error, body.revocations]).toEqual([401, 'invalid_client', undefined])
    }
    expect((await fetch(url, { headers: reports.basic })).status).toBe(405)
  })

  it.each([
    { cursor: 'x' },
    { cursor: '' },
    { cursor: "1.1.a'b" },
    { cursor: '-1' },
    { limit: '0' },
    { limit: '1001' },
    { limit: 'all' },
    { limit: '1e3' },
  ])('refuses %j', async (params) => {
    const { status, body } = await feed({ ...params })
    expect([status, body.error]).toEqual([400, 'invalid_request'])
  })
})
