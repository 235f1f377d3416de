import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { focused, type ReactStage, setReactStage } from './stage.ts'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

const starts = () => stage.issuer.to('/authorize')

test('B17 without opting in a deep link starts nothing; a click does, and one comes back to it', async () => {
  const page = await stage.open('/private?tab=2#top')
  await page.getByRole('button', { name: 'Acme' }).waitFor()
  expect(starts()).toEqual([])
  expect(await page.getByText('for users only').count()).toBe(0)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('for users only').waitFor()
  expect(page.url()).toBe(`${stage.spa.origin}/private?tab=2#top`)
})

test('B17 an app that opts in starts once, StrictMode or not, and one comes back to the deep link', async () => {
  const page = await stage.open('/private/start?tab=2#top')
  await page.getByText('for users only').waitFor()
  expect(page.url()).toBe(`${stage.spa.origin}/private/start?tab=2#top`)
  expect(starts()).toHaveLength(1)
  expect(starts()[0]?.body.provider).toBeUndefined()
  expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0)
})

test('B17 two that need a user start once', async () => {
  const page = await stage.open('/twice')
  await page.getByText('one').waitFor()
  expect(starts()).toHaveLength(1)
})

test('the start takes options', async () => {
  const page = await stage.open('/private/acme')
  await page.getByText('for users only').waitFor()
  expect(starts()).toMatchObject([{ body: { provider: 'acme', prompt: 'login' } }])
})

test('B17 a start that failed is told with the focus, and none follows by itself', async () => {
  stage.issuer.outcome = { error: 'access_denied', request_id: 'req-42' }
  const page = await stage.open('/private/start')
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(/^alert: .*request req-42$/)
  await page.getByRole('button', { name: 'Acme' }).waitFor()
  expect(starts()).toHaveLength(1)

  stage.issuer.outcome = undefined
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('for users only').waitFor()
  expect(starts()).toHaveLength(2)
})

test('a start that cannot leave is told with the focus', async () => {
  stage.spa.headers = { 'Referrer-Policy': 'no-referrer' }
  const page = await stage.open('/private/start')
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toContain('origin_hidden')
  expect(starts()).toEqual([])
})

test('B17 signing out does not sign in again', async () => {
  const page = await stage.open('/private/start')
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Acme' }).waitFor()
  expect(starts()).toHaveLength(1)
})

test('B17 a session that ended does not sign in again by itself, and says why', async () => {
  const page = await stage.open('/private/start')
  await page.getByText('for users only').waitFor()
  stage.issuer.revokeAll()
  await page.evaluate(() => void auth.getAccessToken({ fresh: true }).catch(() => {}))
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toContain('Your session has ended.')
  expect(starts()).toHaveLength(1)
})

test('B17 Back is not sent forward again', async () => {
  const { issuer, account, spa } = stage
  issuer.intercept = (request, response) => {
    if (request.path !== '/authorize') return account.answer(request, response)
    response.setHeader('Content-Type', 'text/html')
    response.end('<title>provider</title>')
    return true
  }
  const page = await stage.open('/')
  await page.goto(`${spa.origin}/private/start`)
  await page.waitForURL(`${issuer.issuer}/authorize`)
  await page.goBack()
  await page.getByRole('button', { name: 'Acme' }).waitFor()
  expect(page.url()).toBe(`${spa.origin}/private/start`)
  expect(starts()).toHaveLength(1)
})
