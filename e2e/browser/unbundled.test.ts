import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Listening, listen } from '../support/listen.ts'
import { type StandIn, startIssuer } from './issuer.ts'
import { reaches } from './stage.ts'

// The package's files as npm publishes them, served as they are: no bundler, chunks by relative addresses.
const dist = fileURLToPath(new URL('../../packages/browser/dist', import.meta.url))
let spa: Listening
let issuer: StandIn
let browser: Awaited<ReturnType<typeof launchChromium>>

beforeAll(async () => {
  issuer = await startIssuer({ clientId: 'web', origin: () => `http://localhost:${spa.port}` })
  spa = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(dist, pathname.slice(1))
    if (pathname.endsWith('.js') && existsSync(file)) {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(readFileSync(file))
      return
    }
    const options = JSON.stringify({ issuer: issuer.issuer, clientId: 'web' })
    response.setHeader('Content-Type', 'text/html')
    response.end(
      `<!doctype html><script type="module">import { createAuth } from '/index.js'
      window.auth = createAuth(${options})</script>`,
    )
  })
  browser = await launchChromium({ whole: true })
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([spa?.close(), issuer?.close()])
})

test('without a bundler, what is loaded when it is needed is found', async () => {
  const page = await browser.newPage()
  await page.goto(`http://localhost:${spa.port}/`)
  await reaches(page, 'signed-out')
  expect(await page.evaluate(() => auth.providers())).toMatchObject([{ id: 'acme' }, { id: 'files' }])
  await page.evaluate(() => void auth.signIn({ provider: 'acme', returnTo: '/home' }))
  await reaches(page, 'signed-in')
  expect(await page.evaluate(() => auth.identities.list())).toEqual([])
  await page.evaluate(() => void auth.identities.link({ provider: 'acme', returnTo: '/linked' }))
  await page.waitForURL(`http://localhost:${spa.port}/linked`)
  await reaches(page, 'signed-in')
  expect(await page.evaluate(() => auth.identities.list())).toHaveLength(1)
})
