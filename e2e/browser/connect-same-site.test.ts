import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from './real.ts'
import { open, reaches, signIn, stateOf } from './stage.ts'

// The real server on one site with the page, in same-site mode: the client finds out by itself.
let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage({ sameSite: true })
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

for (const [flow, loginHint, label] of [
  ['redirect', 'admin', 'grace@example.com'],
  ['popup', 'user', 'ada@example.com'],
] as const) {
  test(`V03 a connect in same-site mode (${flow})`, async () => {
    const context = await stage.browser.newContext()
    const page = await open(context, `${stage.spa.origin}/`)
    await signIn(page)
    await page.evaluate(
      ([flow, loginHint]) =>
        void auth.connections.connect({ provider: 'acme', flow, loginHint, returnTo: '/settings' }),
      [flow, loginHint] as const,
    )
    await page.waitForURL(`${stage.spa.origin}/settings`)
    await reaches(page, 'signed-in')
    await expect.poll(() => stateOf(page)).toMatchObject({ connected: { account: { label } } })
    expect((await context.cookies()).filter(({ name }) => name.includes('latchkey-j-'))).toEqual([])
  })
}

test('V03 attacks 3.8: a connect’s code is of no use to who lacks the cookie', async () => {
  const context = await stage.browser.newContext()
  const page = await open(context, `${stage.spa.origin}/`)
  await signIn(page)
  const before = await page.evaluate(() => auth.connections.list())
  await context.route(`${stage.issuer}/account/connections`, async (route) => {
    if (route.request().method() === 'POST') await context.clearCookies()
    await route.continue()
  })
  await page.evaluate(
    () => void auth.connections.connect({ provider: 'acme', loginHint: 'no-email', returnTo: '/settings' }),
  )
  await page.waitForURL(`${stage.spa.origin}/settings`)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ error: { code: 'wrong_browser' } })
  expect(await page.evaluate(() => auth.connections.list())).toHaveLength(before.length)
})
