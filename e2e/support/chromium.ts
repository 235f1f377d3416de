import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'
import { shared } from './shared.ts'

const run = promisify(execFile)
const debian = '/usr/bin/chromium'
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The last `--disable-features` counts: this one is Playwright's own (a test compares), and what is ours. */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // The address bar's suggestions are two pages more, in every window: half of what a window costs.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

export const flags = [
  `--disable-features=${disabledFeatures.join()}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--test-third-party-cookie-phaseout',
]

export interface LaunchOptions {
  /** Keep pages in the back-forward cache, as users' browsers do. Default `false`: every navigation loads. */
  bfcache?: boolean
  /** Block windows that nobody clicked for, as users' browsers do. Default `false`. */
  popupBlocking?: boolean
  /**
   * The whole browser, where the system has one: for what is about windows, storage and history. Default `false`: the
   * headless shell, the same engine at a third of the cost for each page.
   */
  whole?: boolean
}

/**
 * A headless Chromium with third-party cookies blocked: one process for all files of a worker (`shared`), a fresh
 * profile for each context. The caller closes it.
 *
 * The binary is `CHROMIUM_PATH`, else for a `whole` one `/usr/bin/chromium`, else `npm`: the headless shell that npm installed
 * (unpacked once into `.cache/`, with the libraries it needs where the system has none).
 */
export const launchChromium = ({
  bfcache = false,
  popupBlocking = false,
  whole = false,
}: LaunchOptions = {}): Promise<Browser> =>
  shared(`chromium ${bfcache} ${popupBlocking} ${whole}`, () => start({ bfcache, popupBlocking, whole }))

async function start({ bfcache, popupBlocking, whole }: Required<LaunchOptions>): Promise<Browser> {
  const { path, env } = await locate(whole)
  const browser = await chromium.launch({
    executablePath: path,
    args: flags,
    env: { ...process.env, ...env },
    ignoreDefaultArgs: [
      ...(bfcache ? ['--disable-back-forward-cache'] : []),
      ...(popupBlocking ? ['--disable-popup-blocking'] : []),
    ],
    timeout: 60_000,
  })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    const newPage = context.newPage.bind(context)
    context.newPage = async () => {
      const page = await newPage()
      await blockThirdPartyCookies(page)
      return page
    }
    // A page that a page opened: it may already be gone.
    context.on('page', (page) => void blockThirdPartyCookies(page).catch(() => {}))
    return context
  }
  return browser
}

/** Chromium's headless shell, which npm has, ignores the flag; both obey this. */
async function blockThirdPartyCookies(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true })
}

async function locate(whole: boolean): Promise<{ path: string; env: Record<string, string> }> {
  const wanted = existsSync(debian) && (whole || process.arch !== 'x64')
  const named = process.env.CHROMIUM_PATH ?? (wanted ? debian : '')
  if (named !== '' && named !== 'npm') return { path: named, env: {} }
  if (process.arch !== 'x64')
    throw new Error('The npm Chromium is for x64: install chromium, or name one in CHROMIUM_PATH')

  const folder = await unpacked()
  const path = join(folder, 'chromium')
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  for (const env of [fonts, { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }]) {
    const starts = await run(path, ['--version', '--no-sandbox'], {
      env: { ...process.env, ...env },
      timeout: 20_000,
    })
      .then(() => true)
      .catch(() => false)
    if (starts) return { path, env }
  }
  throw new Error(`${path} does not start here: install chromium, or name one in CHROMIUM_PATH`)
}

/** The npm Chromium's folder; whole or absent, also when several processes ask at the same time. */
async function unpacked(): Promise<string> {
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  const cache = join(root, '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder

  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'unpacking-'))
  const before = process.env.TMPDIR
  // The package unpacks to the temporary folder only, which it looks up as each call starts.
  process.env.TMPDIR = staging
  const unpacking = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((file) =>
    inflate(join(packageFolder, 'bin', file)),
  )
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  await Promise.all(unpacking)
  try {
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
