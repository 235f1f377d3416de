import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callApi, getToken, open, reaches, type Stage, setStage, settled, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** Refreshes that got as far as being granted or refused, not being asked for a nonce. */
const refreshes = () =>
  stage.issuer.to('/token').filter(({ body }) => body.grant_type === 'refresh_token' && body.counted)

/** Counts what the server answers for real: a request whose proof holds a nonce. */
function count() {
  stage.issuer.intercept = (request) => {
    const [, claims = ''] = `${request.headers.dpop}`.split('.')
    if (Buffer.from(claims, 'base64url').toString().includes('"nonce"')) request.body.counted = 'yes'
    return false
  }
}

test('point 5: a reload restores the session, and one refresh serves many callers', async () => {
  const { spa, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  count()
  await page.reload()
  expect(await settled(page)).toMatchObject({ status: 'signed-in', user: { sub: 'user-1' } })
  const tokens = await page.evaluate(() =>
    Promise.all(Array.from({ length: 20 }, () => auth.getAccessToken())),
  )
  expect(new Set(tokens).size).toBe(1)
  expect(refreshes()).toHaveLength(1)
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
})

test('B10 point 5: ten tabs that wake at expiry make one refresh', async () => {
  const { spa, issuer } = stage
  issuer.tokenSeconds = 1
  const context = await stage.newContext()
  const first = await open(context, `${spa.origin}/`)
  await signIn(first)
  const tabs = [first]
  while (tabs.length < 10) tabs.push(await open(context, `${spa.origin}/`))
  await expect.poll(() => [...issuer.issued.values()].every(({ expires }) => expires < Date.now())).toBe(true)

  issuer.tokenSeconds = 300
  count()
  const tokens = await Promise.all(tabs.map((page) => getToken(page)))
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(1)
  expect(refreshes()).toHaveLength(1)
})

test('point 5: without locks every tab still ends with a token that works', async () => {
  const { spa, api, issuer } = stage
  const context = await stage.newContext()
  await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }))
  const first = await open(context, `${spa.origin}/`)
  await signIn(first)
  const tabs = [first, await open(context, `${spa.origin}/`), await open(context, `${spa.origin}/`)]
  // All are asked before one is answered.
  const waiting: (() => void)[] = []
  issuer.intercept = (request, response) => {
    if (request.path !== '/token' || waiting.length >= 3) return false
    waiting.push(() => response.writeHead(503).end())
    if (waiting.length === 3) for (const answer of waiting) answer()
    return true
  }
  const first503 = await Promise.all(tabs.map((page) => getToken(page, { fresh: true })))
  expect(first503.map(({ error }) => error?.code)).toEqual(Array(3).fill('temporarily_unavailable'))
  expect(issuer.to('/token').length).toBeGreaterThanOrEqual(3)
  for (const page of tabs) {
    await expect.poll(() => getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  }
})

test('point 5: a tab that hangs in a refresh holds up the others for 5 s at most', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  await page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    if (held.length > 0) throw new Error('a lock is held at rest')
  })
  const other = await open(context, `${spa.origin}/`)
  await other.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        void navigator.locks.request(name, () => {
          resolve()
          return new Promise(() => {})
        })
      }),
    `latchkey web ${stage.issuer.issuer} session`,
  )
  expect(await getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })
})

test('point 5: who signed out while a refresh was on its way stays signed out', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  let release = () => {}
  const arrived = new Promise<void>((resolve) => {
    void page.route('**/token', async (route) => {
      resolve()
      await new Promise<void>((go) => {
        release = go
      })
      await route.continue()
    })
  })
  const refreshing = getToken(page, { fresh: true })
  await arrived
  await page.evaluate(() => auth.signOut())
  release()
  expect(await refreshing).toMatchObject({
    error: { code: expect.stringMatching(/signed_out|invalid_grant/) },
  })
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.reload()
  expect(await settled(page)).toEqual({ status: 'signed-out' })
})

test('point 5: another tab follows a sign-in', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  const other = await open(context, `${spa.origin}/`)
  await signIn(page)
  await reaches(other, 'signed-in')
})

test('point 9: only invalid_grant ends the session, in every tab', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const other = await open(context, `${spa.origin}/`)
  issuer.revokeAll()
  expect(await getToken(page, { fresh: true })).toMatchObject({
    error: { code: 'invalid_grant', phase: 'refresh', retryable: false, action: 'sign-in' },
  })
  expect(await stateOf(page)).toMatchObject({ status: 'signed-out', reason: { code: 'invalid_grant' } })
  await reaches(other, 'signed-out')
  await page.reload()
  expect(await settled(page)).toEqual({ status: 'signed-out' })
})

for (const [name, status, headers] of [
  ['429', 429, { 'Retry-After': '30' }],
  ['503', 503, { 'Retry-After': '30' }],
  ['a 500 that says invalid_grant', 500, {}],
  ['a 502 page', 502, { 'Content-Type': 'text/html' }],
] as const) {
  test(`point 9: ${name} signs nobody out and is not hammered`, async () => {
    const { spa, issuer } = stage
    const page = await open(await stage.newContext(), `${spa.origin}/`)
    await signIn(page)
    await page.reload()
    await settled(page)
    issuer.requests = []
    issuer.intercept = ({ path }, response) => {
      if (path !== '/token') return false
      response
        .writeHead(status, headers)
        .end(status === 502 ? '<h1>Bad gateway' : '{"error":"invalid_grant"}')
      return true
    }
    const expected = { error: { code: 'temporarily_unavailable', retryable: true, action: 'retry' } }
    expect(await getToken(page)).toMatchObject(expected)
    if ('Retry-After' in headers) {
      // Until then nothing is asked.
      const { error } = await getToken(page)
      expect(error).toMatchObject({ ...expected.error, retryAfter: 30 })
      expect(issuer.to('/token')).toHaveLength(1)
    }
    expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })

    issuer.intercept = undefined
    if (!('Retry-After' in headers))
      await expect.poll(() => getToken(page)).toMatchObject({ token: expect.any(String) })
  })
}

test('point 9: offline is an error that passes, and a token that is still good is used', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const { token } = await getToken(page)
  await context.setOffline(true)
  expect(await getToken(page, { minTtl: 100_000 })).toEqual({ token })
  expect(await getToken(page, { fresh: true })).toMatchObject({
    error: { code: 'network_error', retryable: true, action: 'retry' },
  })
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })

  await context.setOffline(false)
  await expect.poll(() => getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })
})

test('point 5: an abort releases its caller and no other', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const outcome = await page.evaluate(async () => {
    const abort = new AbortController()
    const one = auth.getAccessToken({ fresh: true, signal: abort.signal }).catch((error) => error)
    const two = auth.getAccessToken({ fresh: true })
    await Promise.resolve()
    abort.abort('enough')
    return [await one, typeof (await two)]
  })
  expect(outcome).toEqual(['enough', 'string'])
})

test('an answer about another user is refused', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const claims = { iss: issuer.issuer, aud: 'web', sub: 'user-2' }
  issuer.intercept = ({ path }, response) => {
    if (path !== '/token') return false
    const id_token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ access_token: 'other', token_type: 'DPoP', expires_in: 300, id_token }))
    return true
  }
  expect(await getToken(page, { fresh: true })).toMatchObject({ error: { code: 'invalid_response' } })
  expect(await stateOf(page)).toMatchObject({ user: { sub: 'user-1' } })
})
