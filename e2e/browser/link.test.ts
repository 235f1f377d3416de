import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isFirefox } from '../support/launch.ts'
import {
  callApi,
  hold,
  open,
  outcomeOf,
  reaches,
  type Stage,
  setStage,
  signIn,
  signInError,
  stateOf,
} from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** A signed-in page, and what the server was asked since. */
async function signedIn(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await stage.newContext()
  const page = await open(context, `${stage.spa.origin}/`)
  await signIn(page)
  stage.issuer.requests = []
  return { context, page }
}

/** Leaves to link and waits to be back, whatever came of it. */
async function link(page: Page, returnTo = '/settings'): Promise<void> {
  await page.evaluate((returnTo) => void auth.identities.link({ provider: 'acme', returnTo }), returnTo)
  await page.waitForURL(stage.spa.origin + returnTo)
}

const finishes = () => stage.issuer.to('/account/identities').filter(({ method }) => method === 'POST')

test('B17 point 8: a link leaves by a pushed request of the user’s and ends with the session it has', async () => {
  const { spa, issuer, api } = stage
  const { page } = await signedIn()
  await link(page)
  await reaches(page, 'signed-in')

  const [push] = issuer.to('/par')
  expect(push?.headers).toMatchObject({
    authorization: expect.stringMatching(/^DPoP /),
    dpop: expect.any(String),
  })
  expect(push?.body).toMatchObject({
    client_id: 'web',
    redirect_uri: `${spa.origin}/callback`,
    intent: 'link',
    provider: 'acme',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^lk\.[\w-]{43}$/),
  })
  const [start] = issuer.to('/authorize')
  expect(start?.method).toBe('POST')
  expect(start?.body).toEqual({ client_id: 'web', request_uri: expect.stringMatching(/^urn:/) })

  expect(finishes()).toHaveLength(1)
  expect(finishes()[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    authorization: expect.stringMatching(/^DPoP /),
  })
  expect(issuer.to('/token').filter(({ body }) => body.code)).toEqual([])
  expect(issuer.account.identities).toHaveLength(1)
  expect(await stateOf(page)).toEqual({
    status: 'signed-in',
    user: expect.objectContaining({ sub: 'user-1' }),
    linked: expect.objectContaining({ provider: 'acme', subject: 's' }),
  })
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
})

test('point 8: a link in a popup is finished by the page that began it', async () => {
  const { spa, issuer } = stage
  spa.options = { persistence: 'memory' }
  const { context, page } = await signedIn()
  await page.evaluate(() => auth.identities.link({ provider: 'acme', flow: 'popup' }))
  expect(issuer.account.identities).toHaveLength(1)
  await expect.poll(() => context.pages().length).toBe(1)
  expect(page.url()).toBe(`${spa.origin}/`)
})

test('point 8: nobody links who is not signed in', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  for (const flow of ['redirect', 'popup'] as const)
    expect(await signInError(page, { link: 'acme', flow })).toMatchObject({ code: 'signed_out' })
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(issuer.requests).toEqual([])
})

// Firefox takes what its driver opens for opened by the user.
test.skipIf(isFirefox)('B17 point 8: a page that is merely opened does not link', async () => {
  const { spa, issuer } = stage
  const { context } = await signedIn()
  spa.head = `<script type="module">import '/app.js'
    auth.identities.link({ provider: 'acme' }).catch((error) => console.log('link: ' + error.code))</script>`
  // What Playwright evaluates counts as a click: the page says it by itself.
  const page = await context.newPage()
  const said = page.waitForEvent('console', (message) => message.text().startsWith('link: '))
  await page.goto(`${spa.origin}/settings?link=acme`)
  expect((await said).text()).toBe('link: gesture_missing')
  expect(issuer.to('/par')).toEqual([])
})

test('point 8: a link that comes back to another user is not finished, and takes nothing from that one', async () => {
  const { spa, issuer } = stage
  const { context, page } = await signedIn()
  const release = hold(issuer, '/authorize')
  await page.evaluate(() => void auth.identities.link({ provider: 'acme', returnTo: '/settings' }))
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  issuer.intercept = undefined
  issuer.user = 'user-2'
  const other = await open(context, `${spa.origin}/`)
  await signIn(other, { returnTo: '/other' })
  await other.waitForURL(`${spa.origin}/other`)
  await expect.poll(() => issuer.to('/revoke').length).toBe(1)
  release()
  await page.waitForURL(`${spa.origin}/settings`)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ user: { sub: 'user-2' }, error: { code: 'user_changed' } })
  expect(await page.evaluate(() => events.map(({ error }) => error.code))).toContain('user_changed')
  expect(finishes()).toEqual([])
})

test('B15 point 8: a link that comes back to nobody is not finished', async () => {
  const { spa, issuer } = stage
  const { context, page } = await signedIn()
  const release = hold(issuer, '/authorize')
  await page.evaluate(() => void auth.identities.link({ provider: 'acme', returnTo: '/settings' }))
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  const other = await open(context, `${spa.origin}/`)
  await other.evaluate(() => auth.signOut())
  release()
  await page.waitForURL(`${spa.origin}/settings`)
  await reaches(page, 'signed-out')
  expect(await stateOf(page)).toMatchObject({ reason: { code: 'signed_out', phase: 'redeem' } })
  expect(finishes()).toEqual([])
})

test('B15 point 8: signing out ends a link in a popup', async () => {
  const { issuer } = stage
  const { context, page } = await signedIn()
  const release = hold(issuer, '/authorize')
  await page.evaluate(() => {
    auth.identities
      .link({ provider: 'acme', flow: 'popup' })
      .catch((error) => Reflect.set(globalThis, 'outcome', error.code))
  })
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  await page.evaluate(() => auth.signOut())
  release()
  await expect.poll(() => outcomeOf(page)).toBe('signed_out')
  await expect.poll(() => context.pages().length).toBe(1)
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  expect(finishes()).toEqual([])
})

test('point 8: why a link failed is said beside the session, until the next start or sign-out', async () => {
  const { issuer, api } = stage
  const { page } = await signedIn()
  issuer.outcome = { error: 'access_denied' }
  await link(page)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ error: { code: 'access_denied', phase: 'callback' } })
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  expect(await page.evaluate(() => events.map(({ error }) => error.code))).toEqual(['access_denied'])

  // A start that goes nowhere is enough.
  issuer.outcome = undefined
  issuer.intercept = ({ path }, response) => path === '/authorize' && !!response.writeHead(204).end()
  await page.evaluate(() => void auth.identities.link({ provider: 'acme' }))
  await expect.poll(() => stateOf(page)).toEqual({ status: 'signed-in', user: expect.anything() })
  await expect.poll(() => issuer.to('/authorize').length).toBe(2)

  issuer.intercept = ({ path, method }, response) => {
    if (path !== '/account/identities' || method !== 'POST') return false
    response.writeHead(409, { 'Content-Type': 'application/json' })
    response.end('{"error":"identity_in_use","request_id":"req-7"}')
    return true
  }
  await link(page, '/again')
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ error: { code: 'identity_in_use', requestId: 'req-7' } })
  await page.evaluate(() => auth.signOut())
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
})

test('a further sign-in that fails leaves the session, and says why', async () => {
  const { spa, issuer } = stage
  const { page } = await signedIn()
  issuer.outcome = { error: 'account_exists' }
  await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ user: { sub: 'user-1' }, error: { code: 'account_exists' } })
})

test('point 4: the code of a link is not sent again, whatever became of it', async () => {
  const { issuer } = stage
  const { page } = await signedIn()
  issuer.intercept = ({ path, method }, response) =>
    path === '/account/identities' && method === 'POST' && !!response.destroy()
  await link(page)
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).toMatchObject({ error: { code: 'network_error', retryable: true } })
  expect(finishes()).toHaveLength(1)
})

test('point 8: what the server refuses to push does not leave, and no window stays', async () => {
  const { spa, issuer } = stage
  const { page } = await signedIn()
  issuer.intercept = ({ path }, response) => {
    if (path !== '/par') return false
    response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_request"}')
    return true
  }
  for (const flow of ['redirect', 'popup'] as const)
    expect(await signInError(page, { link: 'acme', flow })).toMatchObject({ code: 'invalid_request' })
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(page.url()).toBe(`${spa.origin}/`)
})
