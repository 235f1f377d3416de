import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from './real.ts'
import { callApi, getToken, open, reaches, settled, signIn, stateOf } from './stage.ts'

// The same client against the real server, on its own site, and the fake provider.
let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

test('B01 B04 signs in across sites, third-party cookies blocked, and calls with a proof', async () => {
  const { spa, issuer, browser } = stage
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
  const { spa, issuer, browser } = stage
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
  const { spa, issuer, browser } = stage
  const context = await browser.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const revoked = page.waitForResponse(`${issuer}/revoke`)
  await page.evaluate(() => auth.signOut())
  expect((await revoked).status()).toBe(200)
  expect(await getToken(page)).toMatchObject({ error: { code: 'signed_out' } })
})

test('a refusal at the provider comes back as what it is', async () => {
  const { spa, browser } = stage
  const page = await open(await browser.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ provider: 'acme', loginHint: 'denies', returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'signed-out')
  expect(await stateOf(page)).toMatchObject({ reason: { code: 'access_denied', action: 'sign-in' } })
})

test('B06 point 12: under a strict policy the server’s way on is not blocked', async () => {
  const { spa, issuer, browser } = stage
  spa.headers = {
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; connect-src ${issuer}; form-action ${issuer}; require-trusted-types-for 'script'; trusted-types 'none'`,
  }
  await signIn(await open(await browser.newContext(), `${spa.origin}/`))
})

test('point 6: a clock that is a day off signs in and calls', async () => {
  const { spa, issuer, browser } = stage
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() - 86_400_000
  })
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  expect(await callApi(page, `${issuer}/userinfo`)).toMatchObject({ status: 200 })
})
