import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callApi, getToken, open, type Stage, setStage, signIn, signInError, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

const policy = (changes: Record<string, string> = {}) => {
  const { issuer, api } = stage
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'connect-src': `${issuer.issuer} ${api.origin}`,
    'form-action': issuer.issuer,
    'base-uri': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
    ...changes,
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

test('B06 point 12: all of it works under a strict policy with Trusted Types', async () => {
  const { spa, api } = stage
  spa.headers = { 'Content-Security-Policy': policy(), 'Referrer-Policy': 'strict-origin' }
  const context = await stage.newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/polic|trusted/i.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${spa.origin}/`)
  await signIn(page)
  expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  expect(await getToken(page, { fresh: true })).toMatchObject({ token: expect.any(String) })
  await page.evaluate(() => auth.signOut())
  expect(complaints).toEqual([])
})

test('point 12: a form-action that blocks leaving is named, with the remedy', async () => {
  const { spa, issuer } = stage
  spa.headers = { 'Content-Security-Policy': policy({ 'form-action': "'self'" }) }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const error = await signInError(page)
  expect(error).toMatchObject({ code: 'blocked_by_csp', phase: 'start', action: 'fix-setup' })
  expect(error.message).toContain(`add ${issuer.issuer} to form-action`)
  expect(issuer.requests).toEqual([])
})

test('point 12: a connect-src that blocks redeeming is named, with the remedy', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  spa.headers = { 'Content-Security-Policy': policy({ 'connect-src': "'self'" }) }
  await page.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await page.waitForURL(`${spa.origin}/home`)
  const state = await stateOf(page)
  expect(state).toMatchObject({ status: 'error', error: { code: 'blocked_by_csp', phase: 'redeem' } })
  expect(JSON.stringify(state)).toContain(`add ${issuer.issuer} to connect-src`)
})

test('point 12: a connect-src that blocks a call is named, with the remedy', async () => {
  const { spa, issuer, api } = stage
  spa.headers = { 'Content-Security-Policy': policy({ 'connect-src': issuer.issuer }) }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const message = await page.evaluate((url) => auth.fetch(url).catch((error) => error.message), api.origin)
  expect(message).toContain(`add ${api.origin} to connect-src`)
})

test('point 12: a policy that only reports blocks nothing', async () => {
  const { spa, issuer } = stage
  spa.headers = {
    'Content-Security-Policy-Report-Only': policy({ 'connect-src': "'none'", 'form-action': "'none'" }),
  }
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  // No content: the page stays to tell.
  const answered = new Promise<void>((resolve) => {
    issuer.intercept = ({ path }, response) => {
      if (path !== '/authorize') return false
      response.writeHead(204).end(resolve)
      return true
    }
  })
  const outcome = await page.evaluate(() => {
    const reported = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (effectiveDirective === 'form-action') setTimeout(() => resolve('reported'))
      })
    })
    return Promise.race([reported, auth.signIn().catch((error) => error.code)])
  })
  expect(outcome).toBe('reported')

  // The report comes before the form is sent: only then is the way free for the next one.
  await answered
  issuer.intercept = undefined
  await signIn(page)
})

for (const referrerPolicy of ['no-referrer', 'same-origin']) {
  for (const [how, csp] of [
    ['by header', undefined],
    ['by meta', undefined],
    ['by header, under a strict policy', true],
  ] as const) {
    test(`B06 point 12: a ${referrerPolicy} page (${how}) is told before it leaves`, async () => {
      const { spa, issuer } = stage
      if (how === 'by meta') spa.head = `<meta name="referrer" content="${referrerPolicy}">`
      else spa.headers = { 'Referrer-Policy': referrerPolicy }
      if (csp) spa.headers['Content-Security-Policy'] = policy()
      const page = await open(await stage.newContext(), `${spa.origin}/`)
      const error = await signInError(page)
      expect(error).toMatchObject({ code: 'origin_hidden', action: 'fix-setup' })
      expect(error.message).toMatch(/Referrer-Policy.*strict-origin/)
      expect(issuer.requests).toEqual([])
    })
  }
}

for (const referrerPolicy of ['strict-origin', 'origin', 'strict-origin-when-cross-origin', 'unsafe-url'])
  test(`B06 point 12: a ${referrerPolicy} page signs in`, async () => {
    const { spa } = stage
    spa.headers = { 'Referrer-Policy': referrerPolicy }
    await signIn(await open(await stage.newContext(), `${spa.origin}/`))
  })

test('point 12: scrubUrl takes the secrets out of what an error reporter sends', async () => {
  const { spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  const scrubbed = await page.evaluate(() =>
    lib.scrubUrl('https://app.test/cb?tab=1&code=secret#access_token=secret&state=lk.secret&x=2'),
  )
  expect(scrubbed).toBe('https://app.test/cb?tab=1&code=-#access_token=-&state=-&x=2')
})

test('an answer that never comes ends as an error that may be tried again', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  await page.evaluate(() => {
    const { timeout } = AbortSignal
    AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / 100)
  })
  issuer.intercept = ({ path }) => path === '/token'
  expect(await getToken(page, { fresh: true })).toMatchObject({
    error: { code: 'network_error', retryable: true },
  })
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})
