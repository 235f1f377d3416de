import { fileURLToPath } from 'node:url'
import type { AuthOptions, AuthState, SignInOptions } from '@latchkey/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Alias, bundleOnce } from '../support/bundle.ts'
import type { LaunchOptions } from '../support/chromium.ts'
import { launchBrowser } from '../support/launch.ts'
import { listen } from '../support/listen.ts'
import { type Api, startApi } from './api.ts'
import type {} from './app.ts'
import { type StandIn, startIssuer } from './issuer.ts'

/** The page's server: every path serves the app, as for a router. */
export interface Spa {
  origin: string
  /** Response headers of pages. */
  headers: Record<string, string>
  /** Markup ahead of the app's script. */
  head: string
  /** Markup behind it. */
  body: string
  /** Beside `issuer`, `clientId` and `resources`. */
  options: Partial<AuthOptions>
  /** What the browser fetched. */
  requests: { path: string }[]
  /** Back to how it was. */
  reset(): void
  close(): Promise<void>
}

/** SPA, issuer and API, each on an origin of its own, the first on another site, and a Chromium to walk them. */
export interface Stage {
  spa: Spa
  issuer: StandIn
  api: Api
  browser: Browser
  /** A fresh profile's. */
  newContext(): Promise<BrowserContext>
  /** Back to how everything was; contexts are closed. */
  reset(): Promise<void>
  close(): Promise<void>
}

/**
 * @param options what `createAuth` is called with, beside `spa.options`
 * @param entry the page's script; it finds the options in `<meta name="options">`
 */
export async function startSpa(
  options: () => AuthOptions,
  entry = new URL('app.ts', import.meta.url),
  alias: Alias[] = [],
): Promise<Spa> {
  const chunks = await bundleOnce(fileURLToPath(entry), alias)
  const server = await listen((request, response) => {
    const path = request.url ?? '/'
    spa.requests.push({ path })
    const chunk = chunks.get(path.slice(1))
    if (chunk !== undefined) {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(chunk)
      return
    }
    if (path === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    response.setHeader('Content-Type', 'text/html')
    for (const [name, value] of Object.entries(spa.headers)) response.setHeader(name, value)
    const content = JSON.stringify({ ...options(), ...spa.options })
    const meta = `<meta name="options" content="${content.replaceAll('"', '&quot;')}">`
    const script = '<script type="module" src="/app.js"></script>'
    response.end(`<!doctype html><html lang="en">${meta}${spa.head}${script}${spa.body}`)
  })
  const initial = () => ({ headers: {}, head: '', body: '<p>page', options: {}, requests: [] })
  const spa: Spa = {
    origin: `http://localhost:${server.port}`,
    ...initial(),
    reset: () => void Object.assign(spa, initial()),
    close: server.close,
  }
  return spa
}

export async function setStage(launch: LaunchOptions = {}, entry?: URL, alias: Alias[] = []): Promise<Stage> {
  const clientId = 'web'
  const spa = await startSpa(
    () => ({ issuer: issuer.issuer, clientId, resources: [api.origin] }),
    entry,
    alias,
  )
  const issuer = await startIssuer({ clientId, origin: () => spa.origin })
  const api = await startApi(issuer)
  const browser = await launchBrowser(launch)
  return {
    spa,
    issuer,
    api,
    browser,
    newContext: () => browser.newContext(),
    async reset() {
      for (const context of browser.contexts()) await context.close()
      spa.reset()
      issuer.revokeAll()
      Object.assign(issuer, { requests: [], intercept: undefined, outcome: undefined })
      Object.assign(issuer, { responseMode: 'fragment', tokenSeconds: 300 })
      Object.assign(api, { calls: [], nonce: undefined, intercept: undefined })
    },
    async close() {
      await browser.close()
      await Promise.all([spa.close(), issuer.close(), api.close()])
    },
  }
}

/** Lets requests of a path wait; answers how to let them go on. */
export function hold(issuer: StandIn, path: string): () => void {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  issuer.intercept = (request) => request.path === path && promise
  return () => {
    issuer.intercept = undefined
    resolve(false)
  }
}

/** What a test left in the page as `outcome`. */
export const outcomeOf = (page: Page): Promise<unknown> =>
  page.evaluate(() => Reflect.get(globalThis, 'outcome'))

/** Opens a page and waits until the client knows who is there. */
export async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await settled(page)
  return page
}

/** Signs in by redirect; answers with the page back on `returnTo`. */
export async function signIn(page: Page, options: { returnTo?: string } = {}): Promise<void> {
  await page.evaluate((options) => void auth.signIn({ provider: 'acme', ...options }), options)
  await reaches(page, 'signed-in')
}

/** Waits until the page, whichever document it then holds, has that state. */
export async function reaches(page: Page, status: AuthState['status']): Promise<void> {
  await page.waitForFunction((wanted) => globalThis.auth?.state.status === wanted, status)
}

export async function settled(page: Page): Promise<AuthState> {
  await page.waitForFunction(() => globalThis.auth && auth.state.status !== 'pending')
  return page.evaluate(() => JSON.parse(JSON.stringify(auth.state)))
}

export const stateOf = (page: Page): Promise<AuthState> =>
  page.evaluate(() => JSON.parse(JSON.stringify(auth.state)))

/** Calls a URL through `auth.fetch`: status and body, or the error's code. */
export const callApi = (
  page: Page,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status?: number; body?: string; code?: string }> =>
  page.evaluate(
    async ([url, init]) => {
      try {
        const response = await auth.fetch(url, init)
        return { status: response.status, body: await response.text() }
      } catch (error) {
        return { code: error instanceof lib.AuthError ? error.code : String(error) }
      }
    },
    [url, init] as const,
  )

/** `getAccessToken`: the token, or the error as JSON. */
export const getToken = (
  page: Page,
  options: { fresh?: boolean; minTtl?: number } = {},
): Promise<{
  token?: string
  error?: { code: string; retryable: boolean; action: string; retryAfter?: number }
}> =>
  page.evaluate(
    (options) =>
      auth.getAccessToken(options).then(
        (token) => ({ token }),
        (error) => ({ error: JSON.parse(JSON.stringify(error)) }),
      ),
    options,
  )

/** What a call throws, as JSON: `auth.signIn()`, or `auth.identities.link()` of a provider. */
export const signInError = (
  page: Page,
  options: SignInOptions & { link?: string } = {},
): Promise<{ code: string; message: string; action: string }> =>
  page.evaluate(({ link, ...options }) => {
    const starting = link ? auth.identities.link({ ...options, provider: link }) : auth.signIn(options)
    return starting.then(
      () => ({ code: 'resolved' }),
      (error) => JSON.parse(JSON.stringify(error)),
    )
  }, options)
