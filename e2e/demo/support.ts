import { type Demo, startDemo } from '@latchkey/demo'
import type { BrowserContext, Page } from 'playwright-core'

/** All parts on free ports and a database in memory, so that a running demo is left alone. */
export const startOnFreePorts = (): Promise<Demo> =>
  startDemo({
    database: ':memory:',
    logLevel: 'silent',
    ports: { page: 0, latchkey: 0, provider: 0, notes: 0, billing: 0 },
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
  await row.getByRole('button').click()
  await row.locator('.state').waitFor()
  return row.locator('.outcome').innerText()
}

/** Every secret that passes by the browser on its way: what no storage and no address may hold afterwards. */
export interface Secrets {
  /** One-time codes of Latchkey and of the provider, and the verifier. */
  oneTime: Set<string>
  accessTokens: Set<string>
  refreshTokens: Set<string>
  idTokens: Set<string>
}

/** To be called before the page loads. */
export async function watchSecrets(page: Page): Promise<Secrets> {
  const secrets: Secrets = {
    oneTime: new Set(),
    accessTokens: new Set(),
    refreshTokens: new Set(),
    idTokens: new Set(),
  }
  const keep = (parameters: URLSearchParams, ...names: string[]) => {
    for (const name of names) {
      const value = parameters.get(name)
      if (value !== null) secrets.oneTime.add(value)
    }
  }
  page.on('request', (request) => {
    keep(new URL(request.url()).searchParams, 'code')
  })
  // The browser tells nobody outside what a fetch of a Request had in its body.
  await page.exposeFunction('noteBody', (body: string) =>
    keep(new URLSearchParams(body), 'code', 'code_verifier'),
  )
  await page.addInitScript(() => {
    const fetchAsItWas = window.fetch
    window.fetch = async (input, init) => {
      if (input instanceof Request) Reflect.get(window, 'noteBody')(await input.clone().text())
      return fetchAsItWas(input, init)
    }
  })
  page.on('response', async (response) => {
    if (!response.url().endsWith('/token') || response.status() !== 200) return
    const { access_token, refresh_token, id_token } = await response.json()
    secrets.accessTokens.add(access_token)
    secrets.refreshTokens.add(refresh_token)
    secrets.idTokens.add(id_token)
  })
  return secrets
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
