import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { open, reaches, type Stage, setStage, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** Records every URL that the page ever shows, from before any script of it runs. */
async function watched() {
  const context = await stage.newContext()
  await context.addInitScript(() => {
    const replace = history.replaceState
    const log: [string, unknown][] = []
    Reflect.set(globalThis, 'replaced', log)
    history.replaceState = (...args: Parameters<typeof replace>) => {
      log.push([`${args[2]}`, args[0]])
      replace.apply(history, args)
    }
  })
  return context
}

for (const responseMode of ['fragment', 'query'] as const) {
  test(`B04 point 1: a code in the ${responseMode} is gone before anything is fetched or another script runs`, async () => {
    const { spa, issuer } = stage
    issuer.responseMode = responseMode
    // An inline module behind the app's: the next script that runs.
    spa.head = `<script type="module" src="/app.js"></script><script type="module">window.seen = location.href</script>`
    const page = await open(await watched(), `${spa.origin}/`)
    await signIn(page, { returnTo: '/home' })

    expect(await page.evaluate(() => Reflect.get(globalThis, 'seen'))).toBe(`${spa.origin}/callback`)
    expect(await page.evaluate(() => Reflect.get(globalThis, 'replaced')[0][0])).toBe(
      `${spa.origin}/callback`,
    )
    for (const { headers } of issuer.requests) expect(headers.referer ?? '').not.toContain('code=')
    // The page's own server was asked for a query anyway.
    if (responseMode === 'fragment') for (const { path } of spa.requests) expect(path).not.toContain('code=')
    expect(page.url()).toBe(`${spa.origin}/home`)
  })
}

test('B04 point 1: an error is scrubbed too, and shown as what it is', async () => {
  const { spa, issuer } = stage
  issuer.outcome = { error: 'access_denied', error_description: 'The user said no', request_id: 'req_1' }
  const page = await open(await watched(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  await reaches(page, 'signed-out')
  expect(await stateOf(page)).toMatchObject({
    status: 'signed-out',
    reason: {
      code: 'access_denied',
      phase: 'callback',
      action: 'sign-in',
      retryable: false,
      requestId: 'req_1',
    },
  })
  expect(await page.evaluate(() => Reflect.get(globalThis, 'replaced')[0][0])).toBe(`${spa.origin}/callback`)
  expect(issuer.to('/token')).toEqual([])

  // Nor does the history hold it.
  await page.goBack()
  expect(page.url()).not.toContain('state=')
})

test('point 1: history.state survives the scrub', async () => {
  const { spa } = stage
  const page = await open(await watched(), `${spa.origin}/`)
  await page.evaluate(() => history.replaceState({ router: 7 }, '', '/callback#code=c&state=lk.x&iss=i'))
  await page.reload()
  expect(await page.evaluate(() => Reflect.get(globalThis, 'replaced')[0])).toEqual([
    `${spa.origin}/callback`,
    { router: 7 },
  ])
})

test("B05 point 1: anybody else's code and tokens in the URL are left alone", async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  for (const path of [
    '/other?code=theirs&state=theirs',
    '/other#access_token=theirs&state=xyz',
    '/other?state=x.lk.y&code=1#code=2',
    '/#/route?state=1',
  ]) {
    const page = await open(context, spa.origin + path)
    expect(page.url()).toBe(spa.origin + path)
    expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  }
  expect(issuer.requests).toEqual([])
})

test('B05 point 1: of a mixed URL only our own part goes', async () => {
  const { spa } = stage
  const path = '/callback?code=theirs&state=theirs&tab=%20a'
  const page = await open(await watched(), `${spa.origin}${path}#code=c&state=lk.unknown&iss=i`)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'replaced')[0][0])).toBe(spa.origin + path)
})

test('point 1: a hash router gets its route', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  await context.addInitScript(() => {
    const log: string[] = []
    Reflect.set(globalThis, 'routes', log)
    addEventListener('hashchange', () => log.push(location.hash))
  })
  const page = await open(context, `${spa.origin}/#/settings`)
  expect(page.url()).toBe(`${spa.origin}/#/settings`)
  await signIn(page)
  expect(page.url()).toBe(`${spa.origin}/#/settings`)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'routes'))).toEqual(['#/settings'])
})
