import { defineConfig } from 'vitest/config'
import { firefoxPath } from './e2e/support/firefox.ts'

const conditions = ['@latchkey/source', 'module', 'node', 'development|production']

const inBrowser = {
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // A busy machine's browser takes its time.
  expect: { poll: { timeout: 10_000 } },
  // A browser waits more than it works.
  maxWorkers: 2,
}

/** What is run in a second engine too: the journey, by redirect and popup, on one site and across, and refresh. */
const inFirefox = ['sign-in', 'popup', 'same-site', 'refresh', 'real'].map(
  (name) => `e2e/browser/${name}.test.ts`,
)
if (firefoxPath() === undefined) process.stderr.write('skipped: no firefox\n')

const source = { resolve: { conditions }, ssr: { resolve: { conditions } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'apps/*/src/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
        },
      },
      {
        ...source,
        test: {
          name: 'conformance',
          environment: 'node',
          include: ['conformance/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          ...inBrowser,
          name: 'e2e',
          include: ['e2e/**/*.test.{ts,tsx}'],
        },
      },
      {
        ...source,
        test: {
          ...inBrowser,
          name: 'firefox',
          env: { LATCHKEY_BROWSER: 'firefox' },
          include: firefoxPath() === undefined ? [] : inFirefox,
        },
      },
    ],
  },
})
