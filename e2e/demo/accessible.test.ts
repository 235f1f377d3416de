import type { Demo } from '@latchkey/demo'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/axe.ts'
import { launchChromium } from '../support/chromium.ts'
import { call, overflow, signIn, startOnFreePorts } from './support.ts'

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
  'the account': async (page) => {
    await signIn(page, 'Fake OIDC', /Uma Reyes/)
    await page.getByRole('link', { name: 'Your account' }).click()
    await page.getByText('This one').first().waitFor()
    await page.getByRole('button', { name: 'Link Fake OIDC' }).waitFor()
    await page.locator('.mishaps summary').click()
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

async function visit(state: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(`${demo.urls.page}/`)
  await states[state]?.(page)
  return page
}

describe.each(Object.keys(states))('%s', (state) => {
  it('axe finds nothing, in light, in dark and from right to left; nothing scrolls sideways at any width', async () => {
    const page = await visit(state)
    expect(await axe(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axe(page, ['color-contrast'])).toEqual([])

    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate((dir) => {
        document.documentElement.dir = dir
      }, direction)
      for (const width of [1280, 768, 360, 320]) {
        await page.setViewportSize({ width, height: 640 })
        expect([direction, width, await overflow(page)]).toEqual([direction, width, 0])
      }
    }
    expect(await axe(page, ['target-size'])).toEqual([])
    await page.context().close()
  })
})

describe('the keyboard alone', () => {
  it('signs in and out; the focus is always visible and never lost', async () => {
    const page = await visit('signed out')
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

  it('the button that was pressed says that it is busy, and the page says where it goes', async () => {
    const page = await visit('signed out')
    const noted: string[] = []
    await page.exposeFunction('note', (text: string) => void noted.push(text))
    await page.evaluate(() => {
      // oxlint-disable-next-line unicorn/consistent-function-scoping -- runs in the page
      const tell = () => {
        const busy = document.querySelector('button[aria-busy=true]')?.textContent ?? ''
        const status = [...document.querySelectorAll('[role=status]')].at(-1)?.textContent ?? ''
        Reflect.get(window, 'note')(`${busy}: ${status}`)
      }
      new MutationObserver(tell).observe(document.body, { subtree: true, attributes: true })
    })
    await page.getByRole('button', { name: 'Sign in with Fake OIDC' }).click()
    await page.getByRole('button', { name: /Ada Quinn/ }).waitFor()
    expect(noted[0]).toBe('FSign in with Fake OIDC: Going to Fake OIDC')
    await page.context().close()
  })
})
