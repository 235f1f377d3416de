import type { Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from './real.ts'
import { callApi, getToken, open, reaches, signIn, stateOf } from './stage.ts'

// The real server on one site with the page, in same-site mode: the client finds out by itself.
let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage({ sameSite: true })
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** The requests to the server from now on, with the cookies they brought. */
function watch(page: Page): () => Promise<{ path: string; method: string; cookie: boolean }[]> {
  const seen: Request[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(stage.issuer) && request.method() !== 'OPTIONS') seen.push(request)
  })
  return () =>
    Promise.all(
      seen.map(async (request) => ({
        path: new URL(request.url()).pathname,
        method: request.method(),
        cookie: !!(await request.headerValue('cookie').catch(() => null)),
      })),
    )
}

test('B01 attacks 3.1: in same-site mode a journey is pushed, and its cookie is with it until the code is redeemed', async () => {
  const context = await stage.browser.newContext()
  const page = await open(context, `${stage.spa.origin}/`)
  const requests = watch(page)
  await signIn(page, { returnTo: '/home' })
  expect(page.url()).toBe(`${stage.spa.origin}/home`)
  expect(await callApi(page, `${stage.issuer}/userinfo`)).toMatchObject({ status: 200 })
  expect(await getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })

  const seen = await requests()
  const of = (path: string) => seen.filter((request) => request.path === path)
  expect(of('/par')).toHaveLength(1)
  expect(of('/authorize')).toEqual([{ path: '/authorize', method: 'POST', cookie: true }])
  const [first, ...rest] = of('/token')
  expect(first?.cookie).toBe(true)
  // With the nonce, and then the refresh, which brings none.
  expect(rest.at(-1)?.cookie).toBe(false)
  for (const path of ['/providers', '/userinfo'])
    expect(of(path).map(({ cookie }) => cookie)).toEqual([false])
  expect((await context.cookies()).filter(({ name }) => name.includes('latchkey-j-'))).toEqual([])
})

test('attacks 3.1: a code that leaks is of no use to who lacks the cookie', async () => {
  const context = await stage.browser.newContext()
  const page = await open(context, `${stage.spa.origin}/`)
  await context.route(`${stage.issuer}/token`, async (route) => {
    await context.clearCookies()
    await route.continue()
  })
  await page.evaluate(() => void auth.signIn({ provider: 'acme', returnTo: '/home' }))
  await page.waitForURL(`${stage.spa.origin}/home`)
  await expect
    .poll(() => stateOf(page).catch(() => undefined))
    .toMatchObject({ status: 'signed-out', reason: { code: 'wrong_browser' } })
})

test('point 7: a popup in same-site mode', async () => {
  const page = await open(await stage.browser.newContext(), `${stage.spa.origin}/`)
  await page.evaluate(() => auth.signIn({ provider: 'acme', flow: 'popup' }))
  await reaches(page, 'signed-in')
  await expect.poll(() => page.context().pages().length).toBe(1)
})

for (const [flow, loginHint] of [
  ['redirect', 'admin'],
  ['popup', 'unverified-email'],
] as const) {
  test(`point 8: a link in same-site mode (${flow})`, async () => {
    const page = await open(await stage.browser.newContext(), `${stage.spa.origin}/`)
    await signIn(page)
    const before = await page.evaluate(() => auth.identities.list())
    await page.evaluate(
      ([flow, loginHint]) =>
        void auth.identities.link({ provider: 'acme', flow, loginHint, returnTo: '/settings' }),
      [flow, loginHint] as const,
    )
    await page.waitForURL(`${stage.spa.origin}/settings`)
    await reaches(page, 'signed-in')
    expect(await stateOf(page)).not.toHaveProperty('error')
    expect(await page.evaluate(() => auth.identities.list())).toHaveLength(before.length + 1)
  })
}
