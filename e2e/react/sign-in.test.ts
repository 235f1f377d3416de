import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { focused, type ReactStage, setReactStage } from './stage.ts'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** An answer that keeps the page where it is, as one that is slow would. */
const keepPage = () => {
  const { issuer, account } = stage
  issuer.intercept = (request, response) => {
    if (request.path !== '/authorize') return account.answer(request, response)
    response.writeHead(204).end()
    return true
  }
}

test('a native button names each provider that signs in; the list is asked for once', async () => {
  const page = await stage.open('/buttons')
  await page.getByRole('button').first().waitFor()
  expect(await page.getByRole('button').allTextContents()).toEqual(['Sign in with Acme', 'Sign in with הבית'])
  expect(await page.getByRole('group', { name: 'Sign in' }).getAttribute('class')).toBe('ways')
  expect(stage.issuer.to('/providers')).toHaveLength(1)
  expect(stage.issuer.to('/authorize')).toHaveLength(0)
})

test('the keyboard alone signs in, and one comes back to where one was', async () => {
  const page = await stage.open('/buttons?tab=2#here')
  await page.getByRole('button').first().waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('button: Sign in with Acme')
  await page.keyboard.press('Enter')
  await page.getByText('Hello Ada').waitFor()
  expect(page.url()).toBe(`${stage.spa.origin}/buttons?tab=2#here`)
  expect(stage.issuer.to('/authorize')).toMatchObject([{ body: { provider: 'acme' } }])
})

test('the clicked button is busy and keeps the focus; the page says where it goes; another click starts anew', async () => {
  keepPage()
  const page = await stage.open('/buttons')
  const acme = page.getByRole('button', { name: 'Acme' })
  await acme.dblclick()
  await expect.poll(() => stage.issuer.to('/authorize').length).toBe(1)
  expect(await acme.getAttribute('aria-busy')).toBe('true')
  expect(await focused(page)).toBe('button: Sign in with Acme')
  expect(await page.getByRole('status').textContent()).toBe('Going to Acme')

  await page.evaluate(() => document.querySelectorAll('button')[1]?.click())
  await expect.poll(() => stage.issuer.to('/authorize').length).toBe(2)
  const busy = () => Array.from(document.querySelectorAll('[aria-busy=true]'), (one) => one.textContent)
  expect(await page.evaluate(busy)).toEqual(['Sign in with הבית'])
})

test('a refusal is told with the focus, what to do next and the request’s id; another try works', async () => {
  stage.issuer.outcome = { error: 'access_denied', request_id: 'req-42' }
  const page = await stage.open('/buttons')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(/^alert: .*Sign in again.*request req-42$/)

  stage.issuer.outcome = undefined
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('Hello Ada').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a start that fails is told with the focus; trying again keeps the focus in the group', async () => {
  // Before the app is rendered: its buttons keep the function that they were given.
  stage.spa.head += `<script>
    Object.defineProperty(window, 'auth', {
      configurable: true,
      set(auth) {
        const { signIn } = auth
        let failures = 1
        auth.signIn = async (options) => {
          if (failures-- > 0)
            throw Object.assign(new Error('down'), { code: 'network_error', action: 'retry', retryable: true })
          return signIn(options)
        }
        Object.defineProperty(window, 'auth', { value: auth })
      },
    })
  </script>`
  const page = await stage.open('/buttons')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toContain('alert: The sign-in service does not answer.')
  keepPage()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('button: Try again')
  await page.keyboard.press('Enter')
  await expect.poll(() => stage.issuer.to('/authorize').length).toBe(1)
  expect(await focused(page)).toBe('group: Sign in')
  expect(stage.issuer.to('/authorize')).toMatchObject([{ body: { provider: 'acme' } }])
})

test('a popup signs in, and the page stays', async () => {
  const page = await stage.open('/buttons/popup')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('Hello Ada').waitFor()
  expect(page.url()).toBe(`${stage.spa.origin}/buttons/popup`)
  expect(await page.locator('[aria-busy=true]').count()).toBe(0)
})

test('a popup that the browser blocks becomes a redirect with one click', async () => {
  const page = await stage.open('/buttons/popup')
  await page.evaluate(() => {
    window.open = () => null
  })
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toContain('popup_blocked')
  await page.getByRole('button', { name: 'Go on in this window' }).click()
  await page.getByText('Hello Ada').waitFor()
  expect(stage.issuer.to('/authorize')).toMatchObject([{ body: { provider: 'acme' } }])
})

test('what is wrong with the set-up is told, too', async () => {
  stage.spa.headers = { 'Referrer-Policy': 'no-referrer' }
  const page = await stage.open('/buttons')
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toContain('Error origin_hidden')
})

test('a list that does not come is asked for again, by keyboard', async () => {
  stage.account.failures = { 'GET /providers': { status: 503, error: 'temporarily_unavailable' } }
  const page = await stage.open('/buttons')
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toMatch(/^alert: .*request req-7/)
  stage.account.failures = {}
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Acme' }).waitFor()
  expect(await focused(page)).toBe('group: Sign in')
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('no provider: it says so, and what to do', async () => {
  stage.account.providers = []
  const page = await stage.open('/buttons')
  await page.getByText('Add a provider to the configuration').waitFor()
  expect(await page.getByRole('button').count()).toBe(0)
})

test('buttons and words may be one’s own', async () => {
  const page = await stage.open('/buttons/rendered')
  expect(await page.getByRole('button', { name: 'Sign in with Acme' }).getAttribute('class')).toBe('way acme')
  const german = await stage.open('/buttons/german')
  await german
    .getByRole('group', { name: 'Anmelden' })
    .getByRole('button', { name: 'Mit Acme anmelden' })
    .waitFor()
})

test('Show tells the states apart, and is of the right one at once', async () => {
  const page = await stage.open('/show')
  await page.getByText('nobody').waitFor()
  expect(await page.locator('main').textContent()).toBe('Under testnobodybecause of nothing')
  await page.evaluate(() => void auth.signIn())
  await page.getByText('user user-1').waitFor()
  expect(await page.locator('main').textContent()).toBe('Under testHello Ada Leaveuser user-1')
  stage.issuer.revokeAll()
  await page.evaluate(() => void auth.getAccessToken({ fresh: true }).catch(() => {}))
  await page.getByText('because invalid_grant').waitFor()
})
