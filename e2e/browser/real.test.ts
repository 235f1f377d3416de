import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLatchkey, type Latchkey, listen, silentLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { callApi, getToken, open, reaches, type Spa, settled, signIn, startSpa, stateOf } from './stage.ts'

// The same client against the real server, on its own site, and the fake provider.
let folder: string
let provider: FakeProvider
let latchkey: Latchkey
let server: Awaited<ReturnType<typeof listen>>
let spa: Spa
let browser: Browser
let issuer = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'))
  provider = await createFakeProvider({ autoApprove: (parameters) => parameters.get('login_hint') ?? 'user' })
  spa = await startSpa(() => ({ issuer, clientId: 'web' }))
  // The port is in the issuer, and the issuer is needed first.
  server = await listen({ fetch: (request) => latchkey.fetch(request) }, { host: '127.0.0.1', port: 0 })
  issuer = `http://127.0.0.1:${server.port}`
  latchkey = await createLatchkey(
    {
      issuer,
      secrets: [randomBytes(32).toString('base64url')],
      storage: `sqlite:${join(folder, 'latchkey.db')}`,
      clients: [{ id: 'web', redirect_uris: [`${spa.origin}/callback`], origins: [spa.origin] }],
      providers: { acme: provider.oidc },
    },
    { logger: silentLogger },
  )
  browser = await launchChromium()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  spa.reset()
})
afterAll(async () => {
  await browser?.close()
  await server?.close(0)
  await latchkey?.close()
  await Promise.all([spa?.close(), provider?.close()])
  await rm(folder, { recursive: true, force: true })
})

test('B01 B04 signs in across sites, third-party cookies blocked, and calls with a proof', async () => {
  const context = await browser.newContext()
  const page = await open(context, `${spa.origin}/start`)
  await signIn(page, { returnTo: '/home' })
  expect(page.url()).toBe(`${spa.origin}/home`)
  const answer = await callApi(page, `${issuer}/userinfo`)
  expect(answer.status).toBe(200)
  const state = await stateOf(page)
  expect(state).toMatchObject({ status: 'signed-in', user: { sub: JSON.parse(answer.body ?? '{}').sub } })
  expect(await context.cookies()).toEqual([])
})

test('point 5: a reload restores the session; tabs share one refresh', async () => {
  const context = await browser.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  await page.reload()
  expect(await settled(page)).toMatchObject({ status: 'signed-in' })
  const other = await open(context, `${spa.origin}/`)
  const [one, two] = await Promise.all([getToken(page), getToken(other)])
  expect(one).toEqual({ token: expect.any(String) })
  expect(two).toEqual({ token: expect.any(String) })
  for (const tab of [page, other])
    expect(await callApi(tab, `${issuer}/userinfo`)).toMatchObject({ status: 200 })
})

test('point 11: signing out ends the session at the server', async () => {
  const context = await browser.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const revoked = page.waitForResponse(`${issuer}/revoke`)
  await page.evaluate(() => auth.signOut())
  expect((await revoked).status()).toBe(200)
  expect(await getToken(page)).toMatchObject({ error: { code: 'signed_out' } })
})

test('a refusal at the provider comes back as what it is', async () => {
  const page = await open(await browser.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ provider: 'acme', loginHint: 'denies', returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'signed-out')
  expect(await stateOf(page)).toMatchObject({ reason: { code: 'access_denied', action: 'sign-in' } })
})

test('B06 point 12: under a strict policy the server’s way on is not blocked', async () => {
  spa.headers = {
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; connect-src ${issuer}; form-action ${issuer}; require-trusted-types-for 'script'; trusted-types 'none'`,
  }
  await signIn(await open(await browser.newContext(), `${spa.origin}/`))
})

test('point 6: a clock that is a day off signs in and calls', async () => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() - 86_400_000
  })
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  expect(await callApi(page, `${issuer}/userinfo`)).toMatchObject({ status: 200 })
})
