import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { focused, type ReactStage, setReactStage } from './stage.ts'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

async function openSignedIn(path = '/connections'): Promise<Page> {
  const page = await stage.open(path)
  await page.evaluate(() => void auth.signIn())
  await page.getByText('ada@files.example').waitFor()
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const pushed = () => stage.issuer.to('/par').at(-1)?.body

test('every state is told in words, with what mends it; nothing while nobody is signed in', async () => {
  const { issuer, open } = stage
  const nobody = await open('/connections')
  await nobody.waitForFunction(() => auth.state.status === 'signed-out')
  expect(await nobody.getByRole('group').count()).toBe(0)
  expect(issuer.to('/account/connections')).toEqual([])
  await nobody.close()

  const page = await openSignedIn()
  const list = page.getByRole('group', { name: 'Connected accounts' })
  const row = (text: string) => list.locator('li li').filter({ hasText: text })
  expect(await list.locator('> ul > li').filter({ hasText: 'הבית' }).innerText()).toMatch(/Not connected/)
  expect(await row('ada@files').innerText()).toMatch(/Connected/)
  expect(await row('work').innerText()).toMatch(/less than was asked for. Missing: files.write/)
  expect(await row('work').getByRole('button').allInnerTexts()).toEqual(['Allow more', 'Disconnect'])
  expect(await row('old').innerText()).toMatch(/takes it no longer.* Connect it again\./)
  expect(await row('last').innerText()).toMatch(/ends this Dec 24, 2026/)
  expect(await row('last').getByRole('button').allInnerTexts()).toEqual(['Connect again', 'Disconnect'])
  // Its provider cannot be connected any more.
  expect(await list.getByRole('button', { name: /account of gone/ }).count()).toBe(0)
  expect(await row('work').locator('em').innerText()).toBe('Use work')
  // Once, in StrictMode too.
  expect(issuer.to('/account/connections')).toHaveLength(1)
})

test('V08 what was connected is asked about, with the focus; it is kept, or taken back', async () => {
  const page = await openSignedIn()
  stage.issuer.upstream = 'grace'
  await button(page, 'Connect another account of Files').click()
  await page.getByText('Is that the account you meant?').waitFor()
  expect(pushed()).toMatchObject({ intent: 'connect', provider_scope: 'files.read files.write' })
  // The provider's name comes with the list of providers.
  await expect.poll(() => focused(page)).toMatch(/^group: Files is connected as grace@files.example\./)
  await button(page, 'Yes, keep it').click()
  await expect.poll(() => page.getByText('Is that the account').count()).toBe(0)
  expect(stage.issuer.account.connections).toHaveLength(5)

  stage.issuer.upstream = 'dan'
  await button(page, 'Connect another account of Files').click()
  await button(page, 'No, disconnect it').click()
  await page.getByRole('status').getByText('dan@files.example is disconnected').waitFor()
  await expect.poll(() => stage.issuer.account.connections.length).toBe(5)
})

test('a popup connects in place; “allow more” and “connect again” name the connection', async () => {
  const page = await openSignedIn('/connections/popup')
  await button(page, 'Allow more work').click()
  await expect.poll(() => pushed()?.connection_id).toBe('c-2')
  expect(pushed()).not.toHaveProperty('provider_scope')
  // The stand-in comes back with another account than that one.
  await page.getByRole('alert').getByText('because it is another account').waitFor()
  expect(await focused(page)).toMatch(/^alert: .*account_mismatch, request req-4$/)

  stage.issuer.account.connections[0] = {
    ...stage.issuer.account.connections[0],
    id: 'c-1',
    status: 'needs_reconnect',
  }
  await page.reload()
  await button(page, 'Connect again ada@files.example').click()
  await page.getByText('Is that the account you meant?').waitFor()
  expect(page.url()).toMatch(/\/connections\/popup$/)
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(stage.issuer.account.connections.map(({ id }) => id).toSorted()).toEqual([
    'c-1',
    'c-2',
    'c-3',
    'c-4',
  ])
})

test('a connect that was refused is told in its own words, with the focus', async () => {
  const page = await openSignedIn()
  stage.issuer.outcome = { error: 'access_denied', request_id: 'req-42' }
  await button(page, 'Connect הבית').click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(
    /^alert: It was not connected, because it was not allowed.*request req-42$/,
  )
})

test('disconnecting asks first, tells what the provider said, and can be left by Escape', async () => {
  const page = await openSignedIn()
  await button(page, 'Disconnect old').click()
  expect(await focused(page)).toMatch(/^group: Disconnect old\?/)
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('button: Disconnect')
  expect(stage.issuer.account.connections).toHaveLength(4)

  await page.keyboard.press('Enter')
  await button(page, 'Yes, disconnect').click()
  await page.getByText('old is disconnected. The provider has taken the access back.').waitFor()
  expect(await focused(page)).toMatch(/^status: old is disconnected/)
  await expect.poll(() => page.locator('li li').count()).toBe(3)

  const { answer } = stage.account
  stage.issuer.intercept = (request, response) => {
    if (request.method !== 'DELETE') return answer(request, response)
    stage.issuer.account.connections = stage.issuer.account.connections.filter(({ id }) => id !== 'c-2')
    response.writeHead(200).end('{"revoked_at_provider":false}')
    return true
  }
  await button(page, 'Disconnect work').click()
  await button(page, 'Yes, disconnect').click()
  await page.getByText('The provider did not confirm it').waitFor()

  stage.issuer.intercept = answer
  stage.account.failures = {
    'DELETE /account/connections/c-1': { status: 503, error: 'temporarily_unavailable' },
  }
  await button(page, 'Disconnect ada@files.example').click()
  await button(page, 'Yes, disconnect').click()
  await page.getByRole('alert').waitFor()
  stage.account.failures = {}
  await button(page, 'Try again').click()
  await page.getByText('ada@files.example is disconnected').waitFor()
})
