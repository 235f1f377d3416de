import type { Demo } from '@latchkey/demo'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { watchSecrets } from '../support/secrets.ts'
import { call, indexedDbText, readableText, signIn, startOnFreePorts } from './support.ts'

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

describe('a stranger’s first minute, third-party cookies blocked', () => {
  it('is across sites: the page and Latchkey share neither origin nor site', () => {
    expect(new URL(demo.urls.page).hostname).not.toBe(new URL(demo.urls.latchkey).hostname)
    expect(new Set(Object.values(demo.urls)).size).toBe(6)
  })

  it.each(['Fake OIDC', 'Fake OAuth 2.0 (old style)'] as const)(
    'B04 B09: %s signs in, and no address and no text storage holds a secret',
    async (provider) => {
      const secrets = await watchSecrets(page)
      await page.reload()
      await signIn(page, provider, /Ada Quinn/)

      expect(await page.locator('h1').innerText()).toBe('Signed in as Ada Quinn')
      expect(page.url()).toBe(`${demo.urls.page}/`)
      const { oneTime, accessTokens, refreshTokens, idTokens } = secrets
      expect([oneTime.size, accessTokens.size, refreshTokens.size, idTokens.size]).toEqual([3, 1, 1, 1])

      const text = await readableText(page, context)
      for (const secret of [...oneTime, ...accessTokens, ...refreshTokens, ...idTokens]) {
        expect(text).not.toContain(secret)
      }
      // The refresh token is kept beside the key that it is bound to; nothing else is.
      const stored = await indexedDbText(page)
      for (const secret of [...oneTime, ...accessTokens, ...idTokens]) expect(stored).not.toContain(secret)
      expect(stored).toContain('"privateKey":{}')
      // No cookie is left: the journey's own went with the callback.
      expect(await context.cookies()).toEqual([])
    },
  )

  it('B08: what a script could copy from the storage is worth nothing without the key', async () => {
    const { refreshTokens } = await watchSecrets(page)
    await page.reload()
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    // The page is told before the test has read the answer.
    await expect.poll(() => refreshTokens.size).toBeGreaterThan(0)
    const [refreshToken = ''] = refreshTokens
    const answer = await fetch(`${demo.urls.latchkey}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: 'web',
      }),
    })
    expect([answer.status, (await answer.json()).error]).toEqual([400, 'invalid_dpop_proof'])
  })

  it('service A answers, service B refuses and the page says why, and so does a copied token', async () => {
    await signIn(page, 'Fake OIDC', /Grace Okoye/)
    expect(await call(page, 'notes')).toMatch(/Answered \(200\)[\s\S]*Oil the front door lock/)
    const refused = await call(page, 'billing')
    expect(refused).toMatch(/Refused \(401\)\. The access token is for another audience/)
    expect(refused).toContain(demo.urls.notes)
    expect(refused).toMatch(/WWW-Authenticate: DPoP error="invalid_token"/)
    expect(await call(page, 'thief')).toMatch(/Refused \(401\)\. A DPoP-bound access token needs/)
  })

  it('B11: a call goes to the one service, and no cookie goes along', async () => {
    const sent: { host: string; cookie: boolean }[] = []
    page.on('request', async (request) => {
      const headers = await request.allHeaders()
      if (/notes$|invoices$/.test(request.url()) && request.method() === 'GET') {
        sent.push({ host: new URL(request.url()).origin, cookie: 'cookie' in headers })
      }
    })
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await call(page, 'notes')
    expect(sent).toEqual([{ host: demo.urls.notes, cookie: false }])
  })

  it('shows the claims, and the token nowhere', async () => {
    const { accessTokens } = await watchSecrets(page)
    await page.reload()
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    const card = page.locator('section', { hasText: 'Your access token says' }).last()
    await card.locator('summary').click()
    for (const claim of ['iss', 'sub', 'aud', 'exp', 'cnf', 'jti', 'sid', 'idp']) {
      await card.getByText(claim, { exact: true }).first().waitFor()
    }
    const [accessToken = 'none'] = accessTokens
    expect(await page.content()).not.toContain(accessToken)
  })

  it('tells what just happened: five stops, their addresses with secrets masked, and what was proved', async () => {
    const { oneTime } = await watchSecrets(page)
    await page.reload()
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    const stops = page.locator('.leg')
    await stops.first().waitFor()
    const [app, latchkey, provider, back, last, ...others] = await stops.allInnerTexts()
    expect(others).toEqual([])
    expect(app).toContain(`${demo.urls.page}/`)
    expect(latchkey).toMatch(/\/authorize[\s\S]*Origin[\s\S]*redirect_uri[\s\S]*PKCE/)
    expect(provider).toContain(`${demo.urls.provider}/authorize`)
    expect(back).toMatch(/\/callback\/fake-oidc[\s\S]*code=\s*43 characters[\s\S]*Cookie[\s\S]*ID token/)
    expect(last).toMatch(/#code=\s*43 characters[\s\S]*gone after 1 use[\s\S]*DPoP/)
    const text = await page.locator('.journey').innerText()
    for (const secret of oneTime) expect(text).not.toContain(secret)
    expect(await page.locator('.picture li.here').count()).toBe(5)
  })

  it('the old-style provider proves less, and the timeline says so', async () => {
    await signIn(page, 'Fake OAuth 2.0 (old style)', /Ada Quinn/)
    await page.locator('.leg').first().waitFor()
    const back = await page.locator('.leg').nth(3).innerText()
    expect(back).toContain('userinfo')
    expect(back).not.toContain('ID token\n')
    expect(back).not.toContain('iss=')
  })

  it('still knows the user after a reload, and nobody after signing out', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await page.reload()
    await page.locator('h1:has-text("Signed in as Ada Quinn")').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('h1:has-text("Sign in across sites")').waitFor()
    expect(await indexedDbText(page)).not.toContain('refreshToken')
    await page.reload()
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).waitFor()
  })

  it('signs in as somebody else', async () => {
    await signIn(page, 'Fake OIDC', /Ada Quinn/)
    await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
    await page.getByRole('button', { name: /Noel Marsh/ }).click()
    await page.locator('h1:has-text("Signed in as Noel Marsh")').waitFor()
    expect(await page.locator('dd', { hasText: 'not shared' }).count()).toBe(1)
  })
})

describe('when it does not work out', () => {
  it('B04: denied consent: says what, why and what next, takes the focus, cleans the address', async () => {
    await signIn(page, 'Fake OIDC', /Dan Novak/)
    await page.getByRole('heading', { name: 'You were not signed in' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('problem-title')
    expect(page.url()).toBe(`${demo.urls.page}/`)
    const problem = page.locator('.problem')
    await problem.getByText(/^req_/).waitFor()
    expect(await problem.innerText()).toMatch(
      /Consent was not given[\s\S]*Try again[\s\S]*access_denied[\s\S]*req_/,
    )
    expect(await page.locator('.picture li').nth(2).getAttribute('class')).toBe('stopped')
    await problem.getByRole('button', { name: 'Close' }).click()
    await problem.waitFor({ state: 'detached' })
  })

  it('a provider that is down: the journey stops at Latchkey, and trying again may help', async () => {
    await page.getByRole('button', { name: /Unplugged/ }).click()
    await page.locator('#problem-title').waitFor()
    expect(await page.locator('.problem').innerText()).toContain('temporarily_unavailable')
    await page.locator('.leg').first().waitFor()
    expect(
      await page.locator('.picture li').evaluateAll((items) => items.map((item) => item.className)),
    ).toEqual(['here', 'stopped', 'ahead', 'ahead', 'here'])
  })

  it('Latchkey’s own page asks, when the app names no provider', async () => {
    await page.getByRole('button', { name: 'Let Latchkey ask which provider' }).click()
    await page.waitForURL(`${demo.urls.latchkey}/authorize`)
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).click()
    await page.getByRole('button', { name: /Ada Quinn/ }).click()
    await page.locator('.leg').first().waitFor()
    expect(await page.locator('h1').innerText()).toBe('Signed in as Ada Quinn')
    expect(await page.locator('.leg').nth(1).innerText()).toContain('Latchkey asked which provider')
  })

  it('B02: a code that was not asked for here is dropped without a call', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${demo.urls.page}/callback#code=stranger&state=lk.stranger&iss=${demo.urls.latchkey}`)
    await page.locator('#problem-title').waitFor()
    expect(await page.locator('.problem').innerText()).toContain('state_missing')
    expect(page.url()).not.toContain('stranger')
    expect(asked.filter((url) => url.endsWith('/token'))).toEqual([])
  })
})
