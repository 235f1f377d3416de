import { type Demo, startDemo } from '@latchkey/demo'
import type { BrowserContext, Page } from 'playwright-core'

/** All parts on free ports and a database in memory, so that a running demo is left alone. */
export const startOnFreePorts = (): Promise<Demo> =>
  startDemo({
    database: ':memory:',
    logLevel: 'silent',
    ports: { page: 0, latchkey: 0, provider: 0, apps: 0, notes: 0, billing: 0 },
  })

export type Provider = 'Fake OIDC' | 'Fake OAuth 2.0 (old style)'

/** One click in the SPA, one at the fake provider, and wait until the SPA says how it ended. */
export async function signIn(page: Page, provider: Provider, persona: RegExp): Promise<void> {
  await page.getByRole('button', { name: `Sign in with ${provider}` }).click()
  await page.getByRole('button', { name: persona }).click()
  await page.locator('h1:has-text("Signed in as"), #problem-title').first().waitFor()
}

/** Presses a service's button and answers what the page says about the answer. */
export async function call(page: Page, service: 'notes' | 'billing' | 'thief'): Promise<string> {
  const row = page.locator(`#call-${service}`)
  await row.getByRole('button').first().click()
  await row.locator('.state').waitFor()
  return row.locator('.outcome').innerText()
}

/** Everything that a script of the page can read as text without asking for it by name. */
export async function readableText(page: Page, context: BrowserContext): Promise<string> {
  const inPage = await page.evaluate(async () => [
    location.href,
    document.referrer,
    document.cookie,
    window.name,
    JSON.stringify(history.state),
    JSON.stringify(Object.entries(localStorage)),
    JSON.stringify(Object.entries(sessionStorage)),
    JSON.stringify(await caches.keys()),
    document.documentElement.outerHTML,
  ])
  return [...inPage, JSON.stringify(await context.cookies())].join('\n')
}

/** All records of all IndexedDB databases of the page, as JSON: keys that cannot be exported are `{}` in it. */
export const indexedDbText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- runs in the page
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    const records: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        records.push(await done(database.transaction(store).objectStore(store).getAll()))
      }
      database.close()
    }
    return JSON.stringify(records)
  })

/** Pixels that the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
