import type { Demo } from '@latchkey/demo'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { axe } from '../support/axe.ts'
import { launchChromium } from '../support/chromium.ts'
import { overflow, readableText, signIn, startOnFreePorts } from './support.ts'

let demo: Demo
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  // Each with users and accounts of its own.
  demo = await startOnFreePorts()
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(`${demo.urls.page}/`)
  await signIn(page, 'Fake OIDC', /Ada Quinn/)
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('button', { name: /^Connect .*Example Calendar/ }).waitFor()
})
afterEach(async () => {
  await context.close()
  await demo.close()
})

/** Connects in a window of its own, and says that it is the right account. */
async function connect(app: 'Calendar' | 'Ledger', persona: RegExp): Promise<void> {
  const popup = page.waitForEvent('popup')
  await page.getByRole('button', { name: new RegExp(`^Connect .*Example ${app}`) }).click()
  await (await popup).getByRole('button', { name: persona }).click()
  await page.getByText('Is that the account you meant?').waitFor()
  await page.getByRole('button', { name: 'Yes, keep it' }).click()
}

const row = (label: string) => page.locator('.connections li li').filter({ hasText: label })

async function use(label: string): Promise<string> {
  await row(label)
    .getByRole('button', { name: /^Use it/ })
    .click()
  await expect
    .poll(() =>
      row(label)
        .getByRole('button', { name: /^Use it/ })
        .getAttribute('aria-busy'),
    )
    .toBe('false')
  return row(label).locator('.outcome').innerText()
}

async function play(name: string): Promise<void> {
  const drawer = page.locator('details').filter({ hasText: 'What providers do' })
  if ((await drawer.getAttribute('open')) === null) await drawer.locator('summary').click()
  await drawer.locator('li').filter({ hasText: name }).getByRole('button').click()
  await expect.poll(() => drawer.locator('[aria-busy=true]').count()).toBe(0)
}

it('V12 a service uses a connected account; no token of the provider comes to the browser', async () => {
  const bodies: string[] = []
  page.on('response', async (response) => bodies.push(await response.text().catch(() => '')))
  await connect('Calendar', /Ada Quinn/)
  expect(await use('ada@example.com')).toMatch(/Used.*\/api\/agenda.*calendar\.read/s)

  const tokens = demo.apps.provider
    .grants()
    .flatMap(({ accessTokens, refreshTokens }) => [...accessTokens, ...refreshTokens])
  expect(tokens.length).toBeGreaterThan(1)
  const readable = [await readableText(page, context), ...bodies].join('\n')
  for (const token of tokens) expect(readable).not.toContain(token)
  // The journey's picture is of the connect.
  await page.getByText('put the tokens into quarantine').waitFor()
})

it('V08 by redirect, an account that was not meant is taken back, at the provider too', async () => {
  await page.getByLabel('Connect in a window of its own').uncheck()
  await page.getByRole('button', { name: /^Connect .*Example Calendar/ }).click()
  await page.getByRole('button', { name: /Grace Okoye/ }).click()
  await page.waitForURL(`${demo.urls.page}/connections`)
  await page.getByRole('button', { name: 'No, disconnect it' }).click()
  await page.getByText('is disconnected. The provider has taken the access back.').waitFor()
  expect(demo.apps.provider.grants({ persona: 'admin' }).at(-1)).toMatchObject({ revokedBy: 'client' })
})

it('every state is told: limited, expiring, taken back, with what mends it', async () => {
  await play('People allow less than is asked for')
  await connect('Calendar', /Grace Okoye/)
  await row('grace@example.com').getByText('Missing: calendar.write').waitFor()
  await play('People allow less than is asked for')
  const popup = page.waitForEvent('popup')
  await row('grace@example.com')
    .getByRole('button', { name: /^Allow more/ })
    .click()
  await (await popup).getByRole('button', { name: /Grace Okoye/ }).click()
  await page.getByRole('button', { name: 'Yes, keep it' }).click()
  await row('grace@example.com')
    .getByText('✓')
    .or(row('grace@example.com').locator('[data-state=ok]'))
    .first()
    .waitFor()

  await connect('Ledger', /Ada Quinn/)
  await row('ada').locator('[data-state=expiring]').waitFor()

  await play('Access is taken back at the provider')
  expect(await use('grace@example.com')).toMatch(/Needs you.*needs_reconnect.*(revoked|token_refused)/s)
  await row('grace@example.com').locator('[data-state=broken]').waitFor()
  const again = page.waitForEvent('popup')
  await row('grace@example.com')
    .getByRole('button', { name: /^Connect again/ })
    .click()
  await (await again).getByRole('button', { name: /Grace Okoye/ }).click()
  await page.getByRole('button', { name: 'Yes, keep it' }).click()
  expect(await use('grace@example.com')).toMatch(/Used/)
})

it('a revocation that fails is told; the account is gone here all the same', async () => {
  await connect('Calendar', /Ada Quinn/)
  await play('A revocation fails')
  await row('ada@example.com')
    .getByRole('button', { name: /^Disconnect/ })
    .click()
  await page.getByRole('button', { name: 'Yes, disconnect' }).click()
  await page.getByText('The provider did not confirm it').waitFor()
  await expect.poll(() => row('ada@example.com').count()).toBe(0)
})

it('axe finds nothing in light, in dark and from right to left; 360 pixels lose nothing', async () => {
  await connect('Calendar', /Ada Quinn/)
  await connect('Ledger', /Grace Okoye/)
  await use('ada@example.com')
  await page.locator('details').filter({ hasText: 'What providers do' }).locator('summary').click()
  await row('grace@example.com')
    .getByRole('button', { name: /^Disconnect/ })
    .click()
  expect(await axe(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await axe(page, ['color-contrast'])).toEqual([])
  for (const dir of ['rtl', 'ltr']) {
    await page.evaluate((dir) => {
      document.documentElement.dir = dir
    }, dir)
    expect(await axe(page, ['target-size'])).toEqual([])
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(page)).toBe(0)
  }
  await page.keyboard.press('Escape')
})
