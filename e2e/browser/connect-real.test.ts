import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RealStage, setRealStage } from './real.ts'
import { open, reaches, signIn, stateOf } from './stage.ts'

// Connections against the real server, on its own site, and the fake provider.
let stage: RealStage
beforeAll(async () => {
  stage = await setRealStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

interface Options {
  /** Whom the provider signs in. */
  loginHint?: string
  flow?: 'popup'
  connectionId?: string
  scopes?: string[]
}

/** A page of a fresh profile, where a user without connections is signed in. */
async function signedIn(persona = 'user'): Promise<Page> {
  const page = await open(await stage.browser.newContext(), `${stage.spa.origin}/`)
  await page.evaluate((loginHint) => void auth.signIn({ provider: 'acme', loginHint }), persona)
  await reaches(page, 'signed-in')
  for (const { id } of await list(page)) await page.evaluate((id) => auth.connections.disconnect(id), id)
  return page
}

const list = (page: Page) => page.evaluate(() => auth.connections.list())
const accounts = async (page: Page) => (await list(page)).map(({ account }) => `${account.label}`).toSorted()

let places = 0
/** Connects and waits to be back, whatever came of it. */
async function connect(page: Page, options: Options = {}): Promise<void> {
  const returnTo = `/back/${++places}`
  await page.evaluate(
    (options) => {
      const connecting = auth.connections.connect({ provider: 'acme', ...options }).catch(() => {})
      // By redirect the page is gone before it ends.
      return options.flow === 'popup' ? connecting.then(() => {}) : undefined
    },
    { ...options, returnTo },
  )
  if (options.flow === 'popup') return
  await page.waitForURL(stage.spa.origin + returnTo)
  await reaches(page, 'signed-in')
}

test('V08 accounts are connected by redirect and by popup, several of one provider, and told by their labels', async () => {
  const page = await signedIn()
  expect(await page.evaluate(() => auth.connections.catalog())).toEqual([
    expect.objectContaining({ id: 'acme', connect: true, scopes: ['openid', 'email', 'files.read'] }),
  ])
  await connect(page, { loginHint: 'user' })
  expect(await stateOf(page)).toMatchObject({
    connected: {
      provider: 'acme',
      account: { label: 'ada@example.com' },
      scopes: { requested: ['openid', 'email', 'files.read'], granted: ['openid', 'email', 'files.read'] },
      status: 'active',
    },
  })
  await connect(page, { loginHint: 'admin', flow: 'popup' })
  await expect.poll(() => accounts(page)).toEqual(['ada@example.com', 'grace@example.com'])
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(await stateOf(page)).toMatchObject({ connected: { account: { label: 'grace@example.com' } } })
  expect(await page.context().cookies()).toEqual([])
})

test('cancelled at the provider: nothing is connected, and why is said', async () => {
  const page = await signedIn()
  await connect(page, { loginHint: 'denies' })
  expect(await stateOf(page)).toMatchObject({ error: { code: 'access_denied' } })
  expect(await list(page)).toEqual([])
})

test('V09 connected anew in place; for more scopes; another account is refused and replaces nothing', async () => {
  const { provider } = stage
  const page = await signedIn()
  provider.grantScopes((asked) => asked.filter((scope) => scope !== 'files.read'))
  await connect(page)
  const [first] = await list(page)
  expect(first?.scopes).toEqual({
    requested: ['openid', 'email', 'files.read'],
    granted: ['openid', 'email'],
  })

  provider.grantScopes(undefined)
  await connect(page, { connectionId: `${first?.id}`, scopes: ['files.write'] })
  const all = ['openid', 'email', 'files.read', 'files.write']
  expect(await list(page)).toMatchObject([{ id: first?.id, scopes: { requested: all, granted: all } }])

  for (const flow of [undefined, 'popup'] as const) {
    await connect(page, { connectionId: `${first?.id}`, loginHint: 'admin', ...(flow && { flow }) })
    await expect
      .poll(() => stateOf(page))
      .toMatchObject({
        error: { code: 'account_mismatch', action: 'connect', requestId: expect.any(String) },
      })
  }
  expect(await list(page)).toMatchObject([{ id: first?.id, account: { label: 'ada@example.com' } }])
  // What the other account gave is taken back there.
  const others = () =>
    provider.grants({ persona: 'admin' }).filter(({ scope }) => scope.includes('files.read'))
  await expect
    .poll(() => others().map(({ revokedBy }) => revokedBy), { timeout: 30_000 })
    .not.toContain(undefined)
})

test('V10 what is disconnected is revoked at the provider', async () => {
  const { provider } = stage
  const page = await signedIn()
  await connect(page)
  const living = () =>
    provider
      .grants({ persona: 'user' })
      .filter(({ scope, revokedBy }) => scope.includes('files.read') && !revokedBy)
  expect(living()).toHaveLength(1)
  const [one] = await list(page)
  expect(await page.evaluate((id) => auth.connections.disconnect(id), `${one?.id}`)).toEqual({
    revokedAtProvider: true,
  })
  expect(living()).toEqual([])
  expect(await list(page)).toEqual([])

  await connect(page)
  provider.faults.next('revocation', 'http-503')
  const [two] = await list(page)
  expect(await page.evaluate((id) => auth.connections.disconnect(id), `${two?.id}`)).toEqual({
    revokedAtProvider: false,
  })
  expect(await list(page)).toEqual([])
})

/** The attacker begins a connect, and keeps the form that their page is about to post. */
async function begin(attacker: Page): Promise<URLSearchParams> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>()
  await attacker.route(`${stage.issuer}/authorize`, async (route) => {
    resolve(new URLSearchParams(route.request().postData() ?? ''))
    // The page stays where it is.
    await route.fulfill({ status: 204 })
  })
  await attacker.evaluate(
    () => void auth.connections.connect({ provider: 'acme', loginHint: 'admin' }).catch(() => {}),
  )
  const form = await promise
  await attacker.unroute(`${stage.issuer}/authorize`)
  return form
}

/** A page posts a form by navigating, as any page can. */
const post = (page: Page, fields: URLSearchParams) =>
  page.evaluate(
    ([action, fields]) => {
      const form = Object.assign(document.createElement('form'), { method: 'POST', action })
      for (const [name, value] of fields)
        form.append(Object.assign(document.createElement('input'), { name, value }))
      document.body.append(form)
      form.submit()
    },
    [`${stage.issuer}/authorize`, [...fields]] as const,
  )

test('V02 V04 attacks 3.8: what an attacker began ends in an error in a victim’s browser, and gives them nothing', async () => {
  const { spa, issuer, browser, provider } = stage
  const attacker = await signedIn('no-email')
  const victims = await browser.newContext()

  // A form of the attacker's own page: its origin is none of the app's.
  const elsewhere = await victims.newPage()
  await elsewhere.goto(`${provider.origin}/elsewhere/page`)
  await post(elsewhere, await begin(attacker))
  await elsewhere.getByText('untrusted_origin').waitFor()

  // The attacker goes as far as the provider, and sends the victim on from there: the cookie is in another browser.
  const mine = await attacker.context().newPage()
  await mine.goto(`${spa.origin}/`)
  const { promise, resolve } = Promise.withResolvers<string>()
  await mine.route(`${provider.origin}/**`, async (route) => {
    resolve(route.request().url())
    await route.abort()
  })
  await post(mine, await begin(attacker))
  const link = await promise
  const sent = await victims.newPage()
  await sent.goto(link)
  await sent.getByText('wrong_browser').waitFor()

  // Even from a page of the app's, whose start sets the cookie: the victim's app knows of no journey, with a session or none.
  const victim = await victims.newPage()
  for (const session of [false, true]) {
    await victim.goto(`${spa.origin}/`)
    if (session) await signIn(victim)
    await post(victim, await begin(attacker))
    await victim.waitForURL(`${spa.origin}/`)
    await reaches(victim, session ? 'signed-in' : 'signed-out')
    if (session) expect(await list(victim)).toEqual([])
    else expect(await stateOf(victim)).toMatchObject({ reason: { code: 'state_missing' } })
  }
  expect(await list(attacker)).toEqual([])
  expect(issuer).not.toBe(spa.origin)
})
