import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { open, type Stage, setStage, signIn } from '../browser/stage.ts'
import { axe } from '../support/axe.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({}, new URL('app.ts', import.meta.url))
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

const page = async () => {
  stage.spa.head = '<title>Under test</title>'
  stage.spa.body = '<main><h1>Under test</h1><button>of the page</button></main>'
  return open(await stage.newContext(), `${stage.spa.origin}/`)
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const inPanel = document.activeElement?.shadowRoot?.activeElement
    return (inPanel ?? document.activeElement)?.textContent
  })

test('a button and Alt+Shift+L open it, Escape closes it; the focus goes in and back to where it was', async () => {
  const it = await page()
  const button = it.getByRole('button', { name: 'Latchkey' })
  const panel = it.getByRole('region', { name: 'Latchkey devtools' })
  expect(await panel.count()).toBe(0)
  expect(await button.getAttribute('aria-expanded')).toBe('false')
  await button.click()
  await panel.waitFor()
  expect(await focused(it)).toBe('Latchkey devtools')
  expect(await button.getAttribute('aria-expanded')).toBe('true')
  await it.keyboard.press('Escape')
  expect(await panel.count()).toBe(0)
  expect(await focused(it)).toBe('Latchkey')

  await it.getByRole('button', { name: 'of the page' }).focus()
  await it.keyboard.press('Alt+Shift+KeyL')
  await panel.waitFor()
  await it.keyboard.press('Alt+Shift+KeyL')
  expect(await panel.count()).toBe(0)
  expect(await focused(it)).toBe('of the page')
})

test('it shows who is there, the five stations and what happened, and follows while it is open', async () => {
  const it = await page()
  await it.getByRole('button', { name: 'Latchkey' }).click()
  await it.getByText('Nobody is signed in.').waitFor()
  await signIn(it)
  await it.getByRole('button', { name: 'Latchkey' }).click()
  const panel = it.getByRole('region')
  await panel.getByText('Ada', { exact: true }).waitFor()
  const stations = panel.locator('.stations li')
  await expect
    .poll(() => stations.allInnerTexts())
    .toEqual(['your app', 'Latchkey', 'provider', 'Latchkey', 'your app'].map((word) => `✓ ${word}: passed`))
  await panel.getByText('Left for Latchkey · acme').waitFor()
  await panel.getByText('Came back with a code').waitFor()
  await panel.getByText(/POST .*\/token · 200 · authorization_code · with a proof/).waitFor()

  await it.evaluate((url) => void auth.fetch(url), `${stage.api.origin}/notes`)
  await panel.getByText(/GET .*\/notes · 200 · DPoP token · with a proof/).waitFor()
  stage.issuer.revokeAll()
  await it.evaluate(() => void auth.getAccessToken({ fresh: true }).catch(() => {}))
  await panel.getByText('invalid_grant, sign-in').waitFor()
  await panel.getByText(/Error invalid_grant · while: refresh/).waitFor()

  await it.getByRole('button', { name: 'Clear' }).click()
  await panel.getByText('Nothing yet.').waitFor()
  expect(await focused(it)).toBe('Latchkey devtools')
})

test('it counts the tabs that have it, and can be taken out', async () => {
  const context = await stage.newContext()
  const one = await open(context, `${stage.spa.origin}/`)
  const two = await open(context, `${stage.spa.origin}/`)
  await one.getByRole('button', { name: 'Latchkey' }).click()
  await one.getByText('2 with this panel').waitFor()
  await two.close()
  await one.getByText('1 with this panel').waitFor()
  await one.evaluate(() => devtools.mount(auth)())
  expect(await one.locator('latchkey-devtools').count()).toBe(1)
})

test('B06 a strict policy with Trusted Types neither blocks it nor takes its looks', async () => {
  const { spa, issuer, api } = stage
  spa.headers = {
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'none'; connect-src ${issuer.issuer} ${api.origin}; form-action ${issuer.issuer}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  }
  const context = await stage.newContext()
  const it = await context.newPage()
  const complaints: string[] = []
  it.on('console', (message) => {
    if (/polic|trusted/i.test(message.text())) complaints.push(message.text())
  })
  await it.goto(`${spa.origin}/`)
  await signIn(it)
  await it.getByRole('button', { name: 'Latchkey' }).click()
  await it.getByText('Ada', { exact: true }).waitFor()
  const position = () =>
    getComputedStyle(document.querySelector('latchkey-devtools') ?? document.body).position
  expect(await it.evaluate(position)).toBe('fixed')
  expect(complaints).toEqual([])
})

test('axe finds nothing, in light, in dark and at 360 px; nothing scrolls sideways; no motion', async () => {
  const it = await page()
  await signIn(it)
  await it.getByRole('button', { name: 'Latchkey' }).click()
  await it.getByText('Ada', { exact: true }).waitFor()
  await it.emulateMedia({ colorScheme: 'light' })
  expect(await axe(it)).toEqual([])
  await it.emulateMedia({ colorScheme: 'dark' })
  expect(await axe(it, ['color-contrast'])).toEqual([])
  await it.setViewportSize({ width: 360, height: 640 })
  expect(await axe(it, ['target-size'])).toEqual([])
  const box = await it.getByRole('region').boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
  expect(await it.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  expect(await it.evaluate(() => document.getAnimations().length)).toBe(0)
})
