import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '../support/axe.ts'
import { type ReactStage, setReactStage } from './stage.ts'

let stage: ReactStage
beforeAll(async () => {
  stage = await setReactStage()
})
afterAll(() => stage?.close())

/** Every state of the components, each brought about as a person would. */
const states: Record<string, () => Promise<Page>> = {
  loading: async () => {
    const { issuer } = stage
    issuer.intercept = ({ path }) => path === '/providers'
    const page = await stage.open('/buttons')
    await page.getByText('Asking').waitFor()
    return page
  },
  'providers to choose from': async () => {
    const page = await stage.open('/buttons')
    await page.getByRole('button', { name: 'Acme' }).waitFor()
    return page
  },
  'no providers': async () => {
    stage.account.providers = []
    const page = await stage.open('/buttons')
    await page.getByText('no way to sign in').waitFor()
    return page
  },
  refused: async () => {
    stage.issuer.outcome = { error: 'access_denied', request_id: 'req-42' }
    const page = await stage.open('/private')
    await page.getByRole('button', { name: 'Acme' }).click()
    await page.getByRole('alert').waitFor()
    return page
  },
  'no server': async () => {
    stage.account.failures = { 'GET /providers': { status: 503, error: 'temporarily_unavailable' } }
    const page = await stage.open('/buttons')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    return page
  },
  connections: async () => {
    const page = await stage.open('/connections')
    await page.evaluate(() => void auth.signIn())
    await page.getByText('ada@files.example').waitFor()
    await page.getByRole('button', { name: 'Connect another account of Files' }).click()
    await page.getByText('Is that the account you meant?').waitFor()
    await page.getByRole('button', { name: 'Disconnect old' }).click()
    await page.getByRole('button', { name: 'Yes, disconnect' }).waitFor()
    return page
  },
  account: async () => {
    const page = await stage.open('/account')
    await page.evaluate(() => void auth.signIn())
    await page.getByText('Firefox on Linux').waitFor()
    await page.getByRole('button', { name: 'Link Acme' }).waitFor()
    return page
  },
}

test.each(Object.keys(states))(
  '%s: axe finds nothing, in light, in dark and from right to left',
  async (state) => {
    await stage.reset()
    const page = await states[state]?.()
    if (page === undefined) throw new Error(state)
    expect(await axe(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axe(page, ['color-contrast'])).toEqual([])
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    expect(await axe(page, ['target-size'])).toEqual([])
  },
)
