import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { open, type Stage, setStage, signIn, signInError, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

const userAgent =
  'Mozilla/5.0 (Linux; Android 16; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.0.0 Mobile Safari/537.36 Instagram 400.0.0.0 Android'

test('point 14: inside another app a start is refused before it leaves, and no window stays', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.browser.newContext({ userAgent }), `${spa.origin}/`)
  for (const flow of ['redirect', 'popup', 'auto'] as const)
    expect(await signInError(page, { flow })).toMatchObject({
      code: 'embedded_browser',
      phase: 'start',
      action: 'open-in-browser',
    })
  expect(issuer.requests).toEqual([])
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('point 14: an app whose own web view works says so', async () => {
  const { spa } = stage
  spa.options = { embeddedBrowsers: 'allow' }
  await signIn(await open(await stage.browser.newContext({ userAgent }), `${spa.origin}/`))
})
