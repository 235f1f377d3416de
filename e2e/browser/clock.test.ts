import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callApi, getToken, open, reaches, type Stage, setStage, settled, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** A context whose clock is off by so many ms; performance.now() is right, as no user can move it. */
async function skewed(by: number) {
  const context = await stage.newContext()
  await context.addInitScript((by) => {
    const { now } = Date
    Date.now = () => now() + by
  }, by)
  return context
}

for (const [name, by] of [
  ['a day ahead', 86_400_000],
  ['a day behind', -86_400_000],
  ['an hour ahead', 3_600_000],
] as const) {
  test(`B16 point 6: a clock that is ${name} works and signs nobody out`, async () => {
    const { spa, api } = stage
    const page = await open(await skewed(by), `${spa.origin}/`)
    await signIn(page)
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
    await page.reload()
    expect(await settled(page)).toMatchObject({ status: 'signed-in' })
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
  })
}

test('point 6: a clock that is moved while signed in changes nothing', async () => {
  const { spa, issuer, api } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  for (const by of [-86_400_000, 172_800_000]) {
    await page.evaluate((by) => {
      const { now } = Date
      Date.now = () => now() + by
    }, by)
    expect(await callApi(page, `${api.origin}/`)).toMatchObject({ status: 200 })
    expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
  }
  // It may have slept as well: each time the token is renewed, which tells the time.
  expect(issuer.to('/token').filter(({ body }) => body.grant_type === 'refresh_token')).toHaveLength(2)
})

test('point 6: where a clock is what fails, the error says so', async () => {
  const { spa, issuer } = stage
  issuer.intercept = ({ path }, response) => {
    if (path !== '/token') return false
    response.writeHead(400, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ error: 'invalid_dpop_proof' }))
    return true
  }
  const off = await open(await skewed(400_000), `${spa.origin}/`)
  await off.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await off.waitForURL(`${spa.origin}/home`)
  await reaches(off, 'error')
  expect(await stateOf(off)).toMatchObject({ error: { code: 'clock_skew', action: 'check-clock' } })

  const right = await open(await skewed(-200_000), `${spa.origin}/`)
  await right.evaluate(() => void auth.signIn({ returnTo: '/home' }))
  await right.waitForURL(`${spa.origin}/home`)
  await reaches(right, 'error')
  expect(await stateOf(right)).toMatchObject({ error: { code: 'invalid_dpop_proof' } })
})

test('point 6: a token that ran out while the device slept is renewed on the first call', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const { token } = await getToken(page)
  // The monotonic clock stood still.
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 3_600_000
  })
  const renewed = await getToken(page)
  expect(renewed.token).not.toBe(token)
  expect(issuer.issued.has(`${renewed.token}`)).toBe(true)
})
