import type { Browser } from 'playwright-core'

/** The files of a worker run one after the other, in one process (`isolate: false`): this lives as long as that. */
const running = new Map<string, Browser>()

/**
 * One process of a browser for all files of a worker: to start it costs more than most tests. What keeps tests apart is
 * the context, which is a fresh profile.
 *
 * @param kind what is launched, and how: no process is shared between different ones
 * @param launch starts it, where none is running
 * @returns the browser; `close` closes its contexts, and the process ends with the worker's
 */
export async function shared(kind: string, launch: () => Promise<Browser>): Promise<Browser> {
  const before = running.get(kind)
  if (before?.isConnected()) return before
  const browser = await launch()
  browser.close = async () => {
    for (const context of browser.contexts()) await context.close()
  }
  running.set(kind, browser)
  return browser
}
