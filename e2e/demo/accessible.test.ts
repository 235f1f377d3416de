import type { Demo } from '@latchkey/demo'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { axe, call, overflow, signIn, startOnFreePorts } from './support.ts'

let demo: Demo
let browser: Browser

beforeAll(async () => {
  demo = await startOnFreePorts()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await demo?.close()
})

/** Every state of the page, and the pages on the way, each brought about as a person would. */
const states: Record<string, (page: Page) => Promise<void>> = {
  'signed out': async (page) => {
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).waitFor()
  },
  'signed in': async (page) => {
    await signIn(page, 'Fake OIDC', /Uma Reyes/)
    for (const service of ['notes', 'billing', 'thief'] as const) await call(page, service)
    await page.locator('.leg').first().waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
  },
  refused: async (page) => {
    await signIn(page, 'Fake OIDC', /Dan Novak/)
    await page.locator('.leg').first().waitFor()
  },
  'no Latchkey': async (page) => {
    await page.route(`${demo.urls.latchkey}/**`, (route) => route.abort())
    await page.reload()
    await page.getByRole('button', { name: 'Ask again' }).waitFor()
  },
  'Latchkey’s chooser': async (page) => {
    await page.getByRole('button', { name: 'Let Latchkey ask which provider' }).click()
    await page.waitForURL(`${demo.urls.latchkey}/authorize`)
  },
  'Latchkey’s error page': async (page) => {
    await page.goto(`${demo.urls.latchkey}/authorize?client_id=web`)
    await page.locator('h1').waitFor()
  },
}

async function visit(state: string, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto(`${demo.urls.page}/`)
  await states[state]?.(page)
  return page
}

describe.each(Object.keys(states))('%s', (state) => {
  it.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    const page = await visit(state, { colorScheme })
    expect(await axe(page)).toEqual([])
    await page.context().close()
  })

  it.each([360, 320, 768])('nothing is cut off and nothing scrolls sideways at %d px', async (width) => {
    const page = await visit(state, { viewport: { width, height: 640 } })
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  it('reads from right to left without spilling', async () => {
    const page = await visit(state, { viewport: { width: 360, height: 640 } })
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    expect(await overflow(page)).toBe(0)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  })
})

describe('the keyboard alone', () => {
  it('signs in and out; the focus is always visible and never lost', async () => {
    const page = await visit('signed out', {})
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement ?? document.body)
        return { text: activeElement?.textContent ?? '', outline: `${outlineStyle} ${outlineWidth}` }
      })
    await page.keyboard.press('Tab')
    expect(await focused()).toEqual({ text: 'FSign in with Fake OIDC', outline: 'solid 2px' })
    await page.keyboard.press('Enter')
    await page.locator('button', { hasText: 'Ada Quinn' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('h1:has-text("Signed in as Ada Quinn")').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('h1:has-text("Sign in across sites")').waitFor()
    await expect.poll(async () => (await focused()).text).toBe('Sign in across sites')
    await page.context().close()
  })

  it('the button that was pressed says that it is busy', async () => {
    const page = await visit('signed out', {})
    await page.route(`${demo.urls.latchkey}/authorize`, () => undefined)
    const button = page.getByRole('button', { name: 'Sign in with Fake OIDC' })
    await button.click()
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true')
    expect(await page.locator('[role=status]').last().innerText()).toBe('Going to Fake OIDC')
    await page.context().close()
  })
})
