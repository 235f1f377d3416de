import type { Browser } from 'playwright-core'
import { type LaunchOptions, launchChromium } from './chromium.ts'
import { launchFirefox } from './firefox.ts'

/** Whether this run's project is the one in Firefox: for what a driver cannot bring about there. */
export const isFirefox = process.env.LATCHKEY_BROWSER === 'firefox'

/** The browser of this run's project (`vitest.config.ts`). The caller closes it. */
export const launchBrowser = (options?: LaunchOptions): Promise<Browser> =>
  isFirefox ? launchFirefox() : launchChromium(options)
