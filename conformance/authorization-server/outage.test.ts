// The database is gone: who is still answered, and what the others are told.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, provedToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'
import { onPostgres } from '../support/storage.ts'

let provider: FakeProvider
let server: Running
let key: DpopKey

beforeEach(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  server = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }), { clock })
  key = await createDpopKey(clock.now)
})
afterEach(async () => {
  await server?.close()
  await provider?.close()
})

/** What is asked of the database from here on fails, as when its server is gone. */
const losing: [how: string, lose: () => Promise<void>][] = [
  ['closed', () => server.latchkey.close()],
  ['without its tables', () => server.storage.empty()],
]

describe.each(losing)('a database that is %s', (_, lose) => {
  it('is no reason to restart the process, but one to send nobody here', async () => {
    await lose()
    expect((await fetch(`${server.issuer}/healthz`)).status).toBe(200)
    const ready = await fetch(`${server.issuer}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not_ready' }])
    expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('does not keep services from the keys', async () => {
    // The next key is made once the server is up.
    const before = await vi.waitFor(async () => {
      const published = await (await fetch(`${server.issuer}/jwks`)).text()
      expect(JSON.parse(published).keys).toHaveLength(2)
      return published
    })
    await lose()
    const after = await fetch(`${server.issuer}/jwks`)
    expect([after.status, await after.text()]).toEqual([200, before])
    expect((await fetch(`${server.issuer}/.well-known/openid-configuration`)).status).toBe(200)
    expect((await fetch(`${server.issuer}/providers?client_id=web`)).status).toBe(200)
  })

  it('X04 does not stop a start: nothing is stored before the provider answers', async () => {
    await lose()
    const browser = createBrowser(server.clock)
    const page = await start(server.spa, browser, startOf(server.spa, { provider: 'oidc' }).params)
    expect(page.next?.href.startsWith(provider.issuer)).toBe(true)
    expect(browser.cookies()).toHaveLength(1)
  })

  it('sends whoever comes back from the provider on to the app, with temporarily_unavailable', async () => {
    const browser = createBrowser(server.clock)
    const begun = startOf(server.spa, { provider: 'oidc' })
    const first = await start(server.spa, browser, begun.params)
    await lose()
    const last = await browser.follow(first, (url) => url.href.startsWith(server.spa.redirectUri))
    expect(Object.fromEntries(answerIn(last.next))).toMatchObject({
      error: 'temporarily_unavailable',
      state: begun.state,
      iss: server.issuer,
    })
    expect(provider.requests.to('token'), 'the provider’s code is not spent').toEqual([])
  })

  it('makes /token say 503 and when to come back, never invalid_grant', async () => {
    const trip = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    const done = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    const { body } = await provedToken(server.spa, key, redemptionOf(server.spa, done))
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: String(body.refresh_token),
    }
    await lose()
    for (const params of [redemptionOf(server.spa, trip), refresh]) {
      const answer = await provedToken(server.spa, key, params)
      expect(answer).toMatchObject({
        status: 503,
        body: { error: 'temporarily_unavailable', request_id: expect.any(String) },
      })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(answer.headers.get('access-control-allow-origin')).toBe(server.spa.origin)
      // Whatever the letters of a random id say.
      const { request_id: _, ...said } = answer.body
      expect(JSON.stringify(said)).not.toMatch(/postgres|table|SQL/i)
    }
  })

  it('makes /userinfo say 503, never invalid_token', async () => {
    const done = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    const { body } = await provedToken(server.spa, key, redemptionOf(server.spa, done))
    const accessToken = String(body.access_token)
    await lose()
    const proof = await key.proof({ htm: 'GET', htu: `${server.issuer}/userinfo`, accessToken })
    const answer = await fetch(`${server.issuer}/userinfo`, {
      headers: { Authorization: `DPoP ${accessToken}`, DPoP: proof },
    })
    expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'temporarily_unavailable' }])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe.skipIf(onPostgres)('a database file that another process keeps locked', () => {
  it('is waited for a moment; then 503, and the code is good once it is free', async () => {
    const trip = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    const { DatabaseSync } = await import('node:sqlite')
    const other = new DatabaseSync(server.storage.url.slice('sqlite:'.length))
    other.exec('begin immediate')
    const [answer, jwks] = await Promise.all([
      provedToken(server.spa, key, redemptionOf(server.spa, trip)),
      fetch(`${server.issuer}/jwks`),
    ])
    expect(jwks.status).toBe(200)
    expect(answer).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } })
    other.exec('rollback')
    other.close()
    expect((await provedToken(server.spa, key, redemptionOf(server.spa, trip))).status).toBe(200)
  })
})
