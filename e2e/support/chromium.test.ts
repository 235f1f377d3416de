import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flags, launchChromium } from './chromium.ts'
import { type Listening, listen } from './listen.ts'

let server: Listening
let browser: Awaited<ReturnType<typeof launchChromium>>

beforeAll(async () => {
  server = await listen((request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
    response.setHeader('access-control-allow-credentials', 'true')
    if (request.url === '/set') response.setHeader('set-cookie', 'seen=1; SameSite=None; Secure')
    response.setHeader('content-type', 'text/html')
    response.end(request.headers.cookie ?? 'none')
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('cookies are kept on their own site and blocked on another one', async () => {
  const page = await browser.newPage()
  const issuer = `http://127.0.0.1:${server.port}`
  await page.goto(`${issuer}/set`)
  await page.goto(`${issuer}/`)
  expect(await page.textContent('body')).toBe('seen=1')

  await page.goto(`http://localhost:${server.port}/`)
  const across = () =>
    page.evaluate((url) => fetch(url, { credentials: 'include' }).then((r) => r.text()), issuer)
  expect(await across()).toBe('none')
})

test('what Playwright turns off is off here too', async () => {
  const features = (args: string) => / --disable-features=(\S+)/.exec(args)?.[1]?.split(',') ?? []
  // It tells how it would have started what is no browser.
  const failed = await chromium.launch({ executablePath: process.execPath }).catch((error) => String(error))
  const wanted = features(String(failed))
  expect(wanted).not.toEqual([])
  expect(features(` ${flags.join(' ')}`)).toEqual(expect.arrayContaining(wanted))
})
