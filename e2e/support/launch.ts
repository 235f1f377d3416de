import type { Browser } from 'playwright-core'
import { type LaunchOptions, launchChromium } from './chromium.ts'
import { launchFirefox } from './firefox.ts'

/** The browser of this run's project (`vitest.config.ts`). The caller closes it. */
export const launchBrowser = (options?: LaunchOptions): Promise<Browser> =>
  process.env.LATCHKEY_BROWSER === 'firefox' ? launchFirefox() : launchChromium(options)
