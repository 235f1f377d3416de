import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from './real.ts'
import { callApi, getToken, open, reaches, settled, signIn, stateOf } from './stage.ts'

// The same client against the real server, on its own site, and the fake provider.
let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage({ whole: true })
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

test('point 7: a popup comes back through the server’s own pages, which cut its ties to the page', async () => {
  const { spa, issuer, browser } = stage
  spa.options = { persistence: 'memory' }
  const page = await open(await browser.newContext(), `${spa.origin}/`)
  await page.evaluate(() => auth.signIn({ provider: 'acme', flow: 'popup' }))
  await reaches(page, 'signed-in')
  expect(await callApi(page, `${issuer}/userinfo`)).toMatchObject({ status: 200 })
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('point 8: identities are linked and unlinked, sessions listed and ended', async () => {
  const { spa, browser } = stage
  const context = await browser.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const elsewhere = await open(await browser.newContext(), `${spa.origin}/`)
  await signIn(elsewhere)

  const [own] = await page.evaluate(() => auth.identities.list())
  expect(
    await page.evaluate((id) => auth.identities.unlink(id).catch(({ code }) => code), own?.id ?? ''),
  ).toBe('last_identity')
  for (const [flow, loginHint, count] of [
    ['redirect', 'admin', 2],
    ['popup', 'unverified-email', 3],
  ] as const) {
    await page.evaluate(
      (options) => void auth.identities.link({ provider: 'acme', returnTo: `/${options.flow}`, ...options }),
      { flow, loginHint },
    )
    await page.waitForURL(`${spa.origin}/${flow}`)
    await reaches(page, 'signed-in')
    expect(await stateOf(page)).not.toHaveProperty('error')
    expect(await page.evaluate(() => auth.identities.list())).toHaveLength(count)
  }
  const [, second, third] = await page.evaluate(() => auth.identities.list())
  for (const id of [second?.id ?? '', third?.id ?? ''])
    await page.evaluate((id) => auth.identities.unlink(id), id)
  expect(await page.evaluate(() => auth.identities.list())).toEqual([own])

  const sessions = await page.evaluate(() => auth.sessions.list())
  const other = sessions.find(({ current }) => !current)
  expect(sessions.filter(({ current }) => current)).toHaveLength(1)
  await page.evaluate((id) => auth.sessions.revoke(id), other?.id ?? '')
  const mine = sessions.find(({ current }) => current)
  await page.evaluate((id) => auth.sessions.revoke(id), mine?.id ?? '')
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
})

test('point 8: an identity that signs in another user is not linked', async () => {
  const { spa, browser } = stage
  const other = await open(await browser.newContext(), `${spa.origin}/`)
  await other.evaluate(() => void auth.signIn({ provider: 'acme', loginHint: 'no-email' }))
  await reaches(other, 'signed-in')
  const page = await open(await browser.newContext(), `${spa.origin}/`)
  await signIn(page)
  await page.evaluate(
    () => void auth.identities.link({ provider: 'acme', loginHint: 'no-email', returnTo: '/settings' }),
  )
  await page.waitForURL(`${spa.origin}/settings`)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({
    error: { code: 'identity_in_use', requestId: expect.any(String) },
  })
})
