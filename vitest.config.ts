import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { firefoxPath } from './e2e/support/firefox.ts'
import { hasPostgres, howToGetPostgres } from './packages/server/src/storage/postgres/database.fixture.ts'

const conditions = ['@latchkey/source', 'module', 'node', 'development|production']

/** There is no module state, so files share a process, and two of them run at a time. */
const together = { isolate: false, maxWorkers: 2 }
/** Where much is waited for, a third one fills two cores. */
const waiting = { ...together, maxWorkers: 3 }

/** Servers in processes of their own are started by the dozen: their TypeScript is compiled once. */
const env = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/latchkey-compiled') }

const inBrowser = {
  environment: 'node',
  // One browser for all files of a worker (e2e/support/shared.ts), one worker for each of two cores.
  ...together,
  // After what is quick.
  sequence: { groupOrder: 1 },
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // For what a browser does in its own time: a busy machine needs much of it, and what holds at once waits for nothing.
  expect: { poll: { timeout: 30_000 } },
}

/** What is run in a second engine too: the journey by redirect and popup, against the real server as well, and refresh. */
const inFirefox = ['real', 'popup', 'refresh'].map((name) => `e2e/browser/${name}.test.ts`)
if (firefoxPath() === undefined) process.stderr.write('skipped: no firefox\n')
if (!hasPostgres) process.stderr.write(`${howToGetPostgres}\n`)

/** What is run on PostgreSQL too: where requests and processes race for one row, and where a database fails. */
const onPostgres = [
  ...['outage', 'processes', 'refresh-races'].map((name) => `authorization-server/${name}`),
  'connect/faults',
].map((name) => `conformance/${name}.test.ts`)

const source = { resolve: { conditions }, ssr: { resolve: { conditions } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          environment: 'node',
          env,
          ...waiting,
          // Nothing here waits: it is a busy machine that takes its time.
          testTimeout: 20_000,
          hookTimeout: 60_000,
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
          env,
          ...waiting,
          include: ['conformance/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          name: 'postgres',
          environment: 'node',
          env: { ...env, LATCHKEY_TEST_STORAGE: 'postgres' },
          ...waiting,
          include: hasPostgres ? onPostgres : [],
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
