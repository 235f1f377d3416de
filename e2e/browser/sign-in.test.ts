import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callApi, open, reaches, type Stage, setStage, settled, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

test('B01 a sign-in by redirect ends on returnTo, with a user and a token that the API takes', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })

  await signIn(page, { returnTo: '/inbox?unread=1#top' })

  expect(page.url()).toBe(`${spa.origin}/inbox?unread=1#top`)
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in', user: { sub: 'user-1', name: 'Ada' } })
  expect(await callApi(page, `${api.origin}/notes`)).toEqual({ status: 200, body: 'hello ' })

  const [start] = issuer.to('/authorize')
  expect(start).toMatchObject({ method: 'POST', headers: { origin: spa.origin } })
  expect(start?.query.size).toBe(0)
  expect(start?.body).toMatchObject({
    client_id: 'web',
    redirect_uri: `${spa.origin}/callback`,
    response_type: 'code',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^lk\.[\w-]{43}$/),
    scope: 'openid profile email offline_access',
    resource: api.origin,
    provider: 'acme',
    dpop_jkt: expect.stringMatching(/^[\w-]{43}$/),
  })
})

test('B01 each sign-in has a state, a verifier and a key of its own', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  await page.evaluate(
    () => void auth.signIn({ loginHint: 'ada@example.test', prompt: 'login', locale: 'de' }),
  )
  await page.waitForURL(/127\.0\.0\.1/)
  await reaches(page, 'signed-in')
  const [first, second] = issuer.to('/authorize')
  expect(second?.body).toMatchObject({ login_hint: 'ada@example.test', prompt: 'login', ui_locales: 'de' })
  for (const name of ['state', 'code_challenge', 'dpop_jkt'])
    expect(first?.body[name]).not.toBe(second?.body[name])
  // The session that was replaced is ended at the server.
  await expect.poll(() => issuer.to('/revoke').length).toBe(1)
})

test('B01 point 2: two tabs that sign in at the same time both succeed', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const tabs = [await open(context, `${spa.origin}/one`), await open(context, `${spa.origin}/two`)] as const
  await Promise.all(tabs.map((page) => page.evaluate(() => void auth.signIn())))
  await Promise.all(tabs.map((page) => page.waitForURL(/\/(one|two)$/)))
  for (const page of tabs) await reaches(page, 'signed-in')
  expect(issuer.to('/authorize')).toHaveLength(2)
})

test('B01 the way back replays nothing', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  let callback = ''
  page.on('framenavigated', (frame) => {
    if (frame.url().includes('code=')) callback = frame.url()
  })
  await signIn(page, { returnTo: '/home' })
  const redeemed = issuer.to('/token').length
  expect(callback).toContain('state=lk.')

  await page.goto('about:blank')
  await page.goto(callback)
  await settled(page)
  expect(issuer.to('/token')).toHaveLength(redeemed)
})

test('B02 point 3: an unknown state without a session is state_missing, and nothing is asked', async () => {
  const { spa, issuer } = stage
  const page = await open(
    await stage.newContext(),
    `${spa.origin}/callback#code=x&state=lk.unknown&iss=${issuer.issuer}`,
  )
  expect(await stateOf(page)).toMatchObject({
    status: 'signed-out',
    reason: { code: 'state_missing', action: 'sign-in', phase: 'callback' },
  })
  expect(page.url()).toBe(`${spa.origin}/`)
  expect(issuer.requests).toEqual([])
})

test('B02 point 3: an unknown state with a live session is no error and goes on', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const before = issuer.requests.length
  const other = await open(context, `${spa.origin}/callback#code=x&state=lk.unknown&iss=${issuer.issuer}`)
  expect(await stateOf(other)).toMatchObject({ status: 'signed-in' })
  expect(other.url()).toBe(`${spa.origin}/`)
  expect(issuer.requests).toHaveLength(before)
})

test('B02 a state that names something else of the store touches nothing', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  await signIn(await open(context, `${spa.origin}/`))
  const record = encodeURIComponent(`latchkey web ${issuer.issuer} session`)
  const page = await open(context, `${spa.origin}/callback#state=${record}&code=x&state=lk.x`)
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
  await page.reload()
  expect(await settled(page)).toMatchObject({ status: 'signed-in' })
})

for (const iss of ['https://evil.example', '']) {
  test(`B03 point 4: iss "${iss}" is refused before anything is sent`, async () => {
    const { spa, issuer } = stage
    issuer.outcome = { code: 'c', iss }
    const page = await open(await stage.newContext(), `${spa.origin}/`)
    await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
    await page.waitForURL(`${spa.origin}/home`)
    await reaches(page, 'signed-out')
    expect(await stateOf(page)).toMatchObject({ reason: { code: 'issuer_mismatch' } })
    expect(issuer.to('/token')).toEqual([])
  })
}

test('B12 the issuer is the one that the page was built with, whatever the URL says', async () => {
  const { spa, issuer } = stage
  const page = await open(
    await stage.newContext(),
    `${spa.origin}/?issuer=https://evil.example&iss=https://evil.example`,
  )
  await signIn(page)
  expect(issuer.to('/authorize')).toHaveLength(1)
})

test('B14 point 13: a returnTo of another origin becomes /', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/start`)
  for (const returnTo of ['//evil.example', '/\\evil.example', 'javascript:alert(1)', '/.//evil.example']) {
    await signIn(page, { returnTo })
    await page.waitForURL(`${spa.origin}/`)
    await page.goto(`${spa.origin}/start`)
    await settled(page)
  }
})

test('B17 nothing starts by visiting a link', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  for (const path of ['/login?auto=1', '/callback', '/?provider=acme&prompt=none'])
    expect(await stateOf(await open(context, spa.origin + path))).toMatchObject({ status: 'signed-out' })
  expect(issuer.requests).toEqual([])
})

test('B17 requireUser is how an app opts in: it signs in and comes back to the route', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/private?tab=2`)
  await page.evaluate(() => void auth.requireUser())
  await reaches(page, 'signed-in')
  expect(page.url()).toBe(`${spa.origin}/private?tab=2`)
  expect(await page.evaluate(() => auth.requireUser())).toMatchObject({ sub: 'user-1' })
})

test('B17 requireUser says what failed rather than start again by itself', async () => {
  const { spa, issuer } = stage
  issuer.outcome = { error: 'provider_error' }
  const page = await open(await stage.newContext(), `${spa.origin}/private`)
  await page.evaluate(() => void auth.requireUser())
  await page.waitForURL((url) => url.pathname === '/private' && issuer.requests.length > 0)
  await settled(page)
  const outcome = await page.evaluate(() => auth.requireUser().catch((error) => error.code))
  expect(outcome).toBe('provider_error')
  expect(issuer.to('/authorize')).toHaveLength(1)
})

test('point 4: redeeming survives a connection that breaks before the server could use the code', async () => {
  const { spa, issuer } = stage
  let dropped = 0
  issuer.intercept = ({ path }, response) => {
    if (path !== '/token' || dropped > 1) return false
    dropped++
    response.destroy()
    return true
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  expect(dropped).toBe(2)
})

test('point 4: a code that may have been used is not sent again', async () => {
  const { spa, issuer } = stage
  issuer.intercept = ({ path }, response) => {
    // The second request is the one with the nonce.
    if (path !== '/token' || issuer.to('/token').length < 2) return false
    response.destroy()
    return true
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'error')
  expect(await stateOf(page)).toMatchObject({
    error: { code: 'network_error', phase: 'redeem', retryable: true },
  })
  expect(issuer.to('/token')).toHaveLength(2)
})

test('point 4: a code is not sent again after an answer, an outage included', async () => {
  const { spa, issuer } = stage
  issuer.intercept = ({ path }, response) => {
    if (path !== '/token') return false
    response.writeHead(503, { 'Retry-After': '7' }).end('{"error":"invalid_grant"}')
    return true
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'error')
  expect(await stateOf(page)).toMatchObject({ error: { code: 'temporarily_unavailable', retryAfter: 7 } })
  expect(issuer.to('/token')).toHaveLength(1)
})

test('B07 a page that moved away from its redirect URI is warned about', async () => {
  const { spa, issuer } = stage
  spa.options = { redirectUri: `${spa.origin}/callback/` }
  issuer.intercept = (request) => {
    request.body.redirect_uri = `${spa.origin}/callback`
    return false
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn())
  await page.waitForURL(/127\.0\.0\.1/)
  await page.waitForURL(`${spa.origin}/`)
  await settled(page)
  expect(await page.evaluate(() => events.map(({ type, error }) => [type, error.code]))).toContainEqual([
    'warning',
    'callback_moved',
  ])
})

test('signIn resolves when the user comes Back to the page as it was', async () => {
  const { spa, issuer } = stage
  // No content: the page stays, as one that comes back from the bfcache would be.
  issuer.intercept = ({ path }, response) => {
    if (path !== '/authorize') return false
    response.writeHead(204).end()
    return true
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => {
    Reflect.set(globalThis, 'outcome', 'waiting')
    void auth.signIn().then(() => Reflect.set(globalThis, 'outcome', 'came back'))
  })
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  const show = (persisted: boolean) =>
    page.evaluate((persisted) => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted }))
      return new Promise((resolve) => setTimeout(() => resolve(Reflect.get(globalThis, 'outcome'))))
    }, persisted)
  expect(await show(false)).toBe('waiting')
  expect(await show(true)).toBe('came back')
})
