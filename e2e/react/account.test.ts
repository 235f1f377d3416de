import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { focused, type ReactStage, setReactStage } from './stage.ts'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

async function openSignedIn(): Promise<Page> {
  const page = await stage.open('/account')
  await page.evaluate(() => void auth.signIn())
  await page.getByText('Hello Ada').waitFor()
  await page.getByText('Firefox on Linux').waitFor()
  return page
}

const names = (page: Page, group: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('listitem').allInnerTexts()

test('nothing is shown or asked for while nobody is signed in', async () => {
  const page = await stage.open('/account')
  await page.waitForFunction(() => auth.state.status === 'signed-out')
  expect(await page.getByRole('group').count()).toBe(0)
  expect(stage.issuer.requests.filter(({ path }) => path.startsWith('/account'))).toEqual([])
})

test('each session has a button that says what it signs out; the one that is gone is told with the focus', async () => {
  const page = await openSignedIn()
  const list = page.getByRole('group', { name: 'Where you are signed in' })
  expect(await list.getByRole('listitem').first().innerText()).toMatch(/This one/)
  expect(await list.getByText('Acme').count()).toBe(3)

  await list.getByRole('button', { name: 'Sign out Safari on iPhone', exact: true }).focus()
  await page.keyboard.press('Enter')
  await list.getByRole('status').getByText('Safari on iPhone is signed out').waitFor()
  expect(await focused(page)).toBe('status: Safari on iPhone is signed out')
  await expect.poll(() => names(page, 'Where you are signed in')).toHaveLength(2)
  expect(stage.issuer.account.sessions.map(({ id }) => id)).toEqual(['s-1', 's-3'])
})

test('signing out here ends this session', async () => {
  const page = await openSignedIn()
  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click()
  await page.waitForFunction(() => auth.state.status === 'signed-out')
  await expect.poll(() => page.getByRole('group').count()).toBe(0)
})

test('what was not done is told with the focus, and may be tried again', async () => {
  const page = await openSignedIn()
  stage.account.failures = { 'DELETE /account/sessions/s-2': { status: 503, error: 'server_error' } }
  await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(/^alert: .*request req-7$/)
  expect(stage.issuer.account.sessions).toHaveLength(3)

  stage.account.failures = {}
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Safari on iPhone is signed out').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('an identity is unlinked; the last one says why it cannot be', async () => {
  const page = await openSignedIn()
  const list = page.getByRole('group', { name: 'How you sign in', exact: true })
  await list.getByRole('button', { name: 'Unlink ada@home.example' }).click()
  await list.getByText('ada@home.example is unlinked').waitFor()
  await list.getByText('This is your only way to sign in.').waitFor()
  expect(await list.getByRole('button', { name: 'Unlink' }).count()).toBe(0)
})

test('a last_identity that only the server knew of is explained', async () => {
  const page = await openSignedIn()
  stage.account.failures = { 'DELETE /account/identities/i-1': { status: 409, error: 'last_identity' } }
  await page.getByRole('button', { name: 'Unlink ada@acme.example' }).click()
  await page.getByRole('alert').getByText('Error last_identity').waitFor()
})

test('linking goes to the provider from a click, and comes back with one more', async () => {
  const page = await openSignedIn()
  await page.getByRole('button', { name: 'Link Acme' }).click()
  await page.waitForURL(/127\.0\.0\.1/)
  await page.waitForURL(/\/account$/)
  await page.getByRole('button', { name: 'Unlink' }).nth(2).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a link that was refused is told with the focus; who was signed in still is', async () => {
  const page = await openSignedIn()
  stage.issuer.outcome = { error: 'identity_in_use', request_id: 'req-42' }
  await page.getByRole('button', { name: 'Link Acme' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(/^alert: It was not linked, .*identity_in_use, request req-42$/)
  await page.getByRole('button', { name: 'Unlink' }).nth(1).waitFor()
  expect(await page.getByText('Hello Ada').count()).toBe(1)
})
