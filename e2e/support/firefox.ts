import { existsSync } from 'node:fs'
import { type Browser, firefox } from 'playwright-core'
import { shared } from './shared.ts'

/** What Playwright sets by default: a Firefox that is not its own build refuses it, or gives every window one size. */
const asItIs = {
  colorScheme: null,
  reducedMotion: null,
  forcedColors: null,
  contrast: null,
  viewport: null,
} as const

/** The machine's own Firefox: `FIREFOX_PATH`, else Debian's. No npm package ships one. */
export const firefoxPath = (): string | undefined =>
  [process.env.FIREFOX_PATH ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (path) => path !== '' && existsSync(path),
  )

/**
 * A headless Firefox (over WebDriver BiDi), its cookies of third parties partitioned, as it is delivered: one process for
 * all files of a worker (`shared`), a fresh container for each context. The caller closes it.
 */
export const launchFirefox = (): Promise<Browser> => shared('firefox', start)

async function start(): Promise<Browser> {
  const executablePath = firefoxPath()
  if (executablePath === undefined)
    throw new Error('There is no Firefox: install firefox-esr, or name one in FIREFOX_PATH')
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath, timeout: 60_000 })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = (options) => newContext({ ...asItIs, ...options })
  return browser
}
