import type { Demo } from '@latchkey/demo'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { call, signIn, startOnFreePorts } from './support.ts'

let demo: Demo
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  demo = await startOnFreePorts()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await demo?.close()
})
beforeEach(async () => {
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(`${demo.urls.page}/`)
})
afterEach(() => context.close())

const account = (of = page) => of.getByRole('link', { name: 'Your account' }).click()
const signedOut = (of = page) => of.locator('h1:has-text("Sign in across sites")').waitFor()

describe('the account', () => {
  it('A39 a session that is ended from another browser is over there, at the services too', async () => {
    const elsewhere = await browser.newContext()
    try {
      const other = await elsewhere.newPage()
      await other.goto(`${demo.urls.page}/`)
      await signIn(other, 'Fake OIDC', /Grace Okoye/)
      await signIn(page, 'Fake OIDC', /Grace Okoye/)
      await account()
      const sessions = page.getByRole('group', { name: 'Where you are signed in' }).locator('li')
      await expect.poll(() => sessions.count()).toBe(2)
      await sessions.filter({ hasNotText: 'This one' }).getByRole('button').click()
      await expect.poll(() => sessions.count()).toBe(1)

      await other.getByText('Mishaps').click()
      await other.getByRole('button', { name: 'Ask for a fresh token' }).click()
      await signedOut(other)
      await page.getByRole('link', { name: 'What a token opens' }).click()
      expect(await call(page, 'notes')).toMatch(/Answered \(200\)/)
    } finally {
      await elsewhere.close()
    }
  })

  it('links a second account, signs in with it as the same user, and unlinks it', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    const user = await page.locator('dd code').first().innerText()
    await account()
    await page.getByText('This is your only way to sign in').waitFor()
    await page.getByRole('button', { name: /^Link Fake OAuth/ }).click()
    await page.getByRole('button', { name: /Ada Quinn/ }).click()
    await page.waitForURL(`${demo.urls.page}/account`)
    const identities = page.getByRole('group', { name: 'How you sign in' }).locator('> ul > li')
    await expect.poll(() => identities.count()).toBe(2)

    await page.getByRole('link', { name: 'What a token opens' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signedOut()
    await signIn(page, 'Fake OAuth 2.0 (old style)', /Ada Quinn/)
    expect(await page.locator('dd code').first().innerText()).toBe(user)

    await account()
    await identities.filter({ hasText: 'Fake OAuth' }).getByRole('button').click()
    await expect.poll(() => identities.count()).toBe(1)
  })

  it('an account that signs in somebody else is not linked, and the page says so', async () => {
    await signIn(page, 'Fake OAuth 2.0 (old style)', /Noel Marsh/)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signedOut()
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await account()
    await page.getByRole('button', { name: /^Link Fake OAuth/ }).click()
    await page.getByRole('button', { name: /Noel Marsh/ }).click()
    await page.waitForURL(`${demo.urls.page}/account`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('identity_in_use')
    expect(await page.locator('h1').innerText()).toBe('Signed in as Ada Quinn')
  })

  it('B10 B15 tabs side by side share one session, its refreshes and its end', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await account()
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Open a tab beside this one' }).click()
    const beside = await opened
    await beside.locator('h1:has-text("Signed in as Ada Quinn")').waitFor()
    const rows = page.locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(2)

    const asked = async () => (await rows.locator('td:last-child').allInnerTexts()).map(Number)
    const before = (await asked()).reduce((sum, each) => sum + each, 0)
    await page.getByRole('button', { name: 'Have all ask at once' }).click()
    await expect
      .poll(async () => (await rows.locator('td:nth-child(3)').allInnerTexts()).join())
      .toMatch(/:.*,.*:/)
    // One serves both; where the other does not hear of it in time, it asks for itself, and gets the same.
    const more = (await asked()).reduce((sum, each) => sum + each, 0) - before
    expect([1, 2]).toContain(more)

    await beside.getByRole('link', { name: 'What a token opens' }).click()
    await beside.getByRole('button', { name: 'Sign out' }).click()
    await signedOut()
  })
})

describe('the token', () => {
  it('shows how long it lives, and is renewed', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    expect(await page.getByRole('timer').innerText()).toMatch(/^(5:00|4:\d\d) left$/)
    const id = () => page.locator('.pairs div:has(code:text-is("jti")) dd .wire').textContent()
    const before = await id()
    await page.getByRole('button', { name: 'Renew now' }).click()
    await expect.poll(id).not.toBe(before)
  })

  it('B08 a curl that a thief would copy is refused for want of the key', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.urls.page })
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied.').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    const [, url = '', token = ''] = /^curl -i (http:\S+) -H 'Authorization: (DPoP \S+)'$/.exec(copied) ?? []
    const answer = await fetch(url, { headers: { Authorization: token } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('DPoP')
    expect(await page.content()).not.toContain(token.slice(5))
  })
})

describe('mishaps', () => {
  const drawer = () => page.getByText('Mishaps', { exact: true }).click()
  const mishap = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^((Break|Mend) )?${name}$`) }).click()
  const outcome = async () => {
    await page.getByRole('button', { name: 'Ask for a fresh token' }).click()
    await expect.poll(() => page.locator('button[aria-busy=true]').count()).toBe(0)
    return page.locator('#mishap-outcome').innerText()
  }
  const stillSignedIn = async () =>
    expect(await page.locator('h1').innerText()).toBe('Signed in as Ada Quinn')

  it('point 9: offline, and Latchkey down, sign nobody out; the services go on', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    expect(await call(page, 'notes')).toMatch(/Answered/)
    await drawer()
    await mishap('This page is offline')
    expect(await outcome()).toMatch(/You stay signed in/)
    await mishap('This page is offline')
    await mishap('Latchkey is down')
    await expect(fetch(`${demo.urls.latchkey}/healthz`)).rejects.toThrow()
    expect(await outcome()).toMatch(/You stay signed in/)
    expect(await call(page, 'notes')).toMatch(/Answered \(200\)/)
    await page.reload()
    await drawer()
    await stillSignedIn()
    await mishap('Latchkey is down')
    await expect.poll(outcome).toMatch(/A fresh token came/)
    await stillSignedIn()
  })

  it('point 6: a clock that jumps by an hour signs nobody out', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await drawer()
    await mishap('The clock is an hour fast')
    expect(await outcome()).toMatch(/A fresh token came/)
    expect(await call(page, 'notes')).toMatch(/Answered \(200\)/)
    await stillSignedIn()
  })

  it('A35 a lost key ends the session here, and ends it nowhere else', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await drawer()
    await mishap('Lose the key')
    await signedOut()
    expect(await page.locator('#mishap-outcome').innerText()).toMatch(/The session has ended here/)
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await account()
    const sessions = page.getByRole('group', { name: 'Where you are signed in' }).locator('li')
    await expect.poll(() => sessions.count()).toBeGreaterThanOrEqual(2)
  })

  it('point 7: signs in in a window of its own; where that is blocked, one click goes on in this one', async () => {
    await page.getByLabel('In a window of its own').check()
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).click()
    const popup = await opened
    await popup.getByRole('button', { name: /Ada Quinn/ }).click()
    await page.locator('h1:has-text("Signed in as Ada Quinn")').waitFor()
    await expect.poll(() => popup.isClosed()).toBe(true)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signedOut()

    await drawer()
    await mishap('Popups are blocked')
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).click()
    await page.getByRole('button', { name: 'Go on in this window' }).click()
    await page.getByRole('button', { name: /Ada Quinn/ }).click()
    await page.locator('h1:has-text("Signed in as Ada Quinn")').waitFor()
  })
})
