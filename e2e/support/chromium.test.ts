import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
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
