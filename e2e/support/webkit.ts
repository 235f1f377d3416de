import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'

const driver = ['/usr/bin/WebKitWebDriver'].find((path) => existsSync(path))
const display = ['/usr/bin/Xvfb'].find((path) => existsSync(path))

/** WebKitGTK's driver and a screen for it: Debian's webkit2gtk-driver and xvfb. No npm package ships them. */
export const hasWebkit = driver !== undefined && display !== undefined

/** One window of WebKitGTK's MiniBrowser with a fresh profile, over plain WebDriver (W3C). */
export interface Webkit {
  version: string
  /** Goes there and waits for the load. */
  open(url: string): Promise<void>
  url(): Promise<string>
  /** Runs an async function in the page; arguments and answer are JSON. */
  evaluate<Args extends unknown[], Answer>(
    work: (...args: Args) => Answer | Promise<Answer>,
    ...args: Args
  ): Promise<Answer>
  /** Clicks what the CSS selector finds, as a person does. */
  click(selector: string): Promise<void>
  /** Once `ask` answers something that holds; asks every 50 ms for at most half a minute. */
  until<Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer>
  close(): Promise<void>
}

/** @throws Error where there is no WebKitGTK; see `hasWebkit` */
export async function launchWebkit(): Promise<Webkit> {
  if (driver === undefined || display === undefined)
    throw new Error('There is no WebKitGTK: install webkit2gtk-driver and xvfb')
  const processes: ChildProcess[] = []
  const end = async () => {
    for (const child of processes.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill()
      await once(child, 'exit')
    }
  }
  try {
    const screen = spawn(display, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    processes.push(screen)
    const number = await firstLine(screen)
    const port = await freePort()
    processes.push(
      spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
        env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' },
        stdio: 'ignore',
      }),
    )
    return await newSession(`http://127.0.0.1:${port}`, end)
  } catch (error) {
    await end()
    throw error
  }
}

async function newSession(base: string, end: () => Promise<void>): Promise<Webkit> {
  const capabilities = { alwaysMatch: { acceptInsecureCerts: true } }
  const created = await whenUp(() => send('POST', `${base}/session`, { capabilities }))
  const session = `${base}/session/${created.sessionId}`
  const call = (method: string, path: string, body?: object) => send(method, `${session}${path}`, body)
  await call('POST', '/timeouts', { script: 20_000, pageLoad: 20_000 })
  return {
    version: created.capabilities.browserVersion,
    open: (url) => call('POST', '/url', { url }),
    url: () => call('GET', '/url'),
    async evaluate(work, ...args) {
      const script = `
        const done = arguments[arguments.length - 1]
        Promise.resolve().then(() => (${work.toString()})(...arguments[0])).then(
          (answer) => done({ answer }),
          (error) => done({ error: String(error) }))`
      const { answer, error } = await call('POST', '/execute/async', { script, args: [args] })
      if (error !== undefined) throw new Error(error)
      return answer
    },
    async click(selector) {
      const found = await call('POST', '/element', { using: 'css selector', value: selector })
      await call('POST', `/element/${Object.values(found)[0]}/click`, {})
    },
    async until(ask, holds) {
      for (let left = 600; ; left--) {
        // While a page gives way to another one, the driver refuses.
        const answer = await ask().catch(() => undefined)
        if (answer !== undefined && holds(answer)) return answer
        if (left === 0) throw new Error(`never came to hold: ${JSON.stringify(answer)}`)
        await pause()
      }
    },
    async close() {
      await call('DELETE', '').catch(() => {})
      await end()
    },
  }
}

/** WebDriver's envelope: `{ value }`, or an error in it. */
async function send(method: string, url: string, body?: object) {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const { value } = await response.json()
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
  return value
}

async function whenUp<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 600; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left === 0 || !(error instanceof TypeError)) throw error
      await pause()
    }
  }
}

const pause = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 50)
  })

async function firstLine(child: ChildProcess): Promise<string> {
  const pipe = child.stdio[3]
  if (!pipe || !('on' in pipe)) throw new Error('no pipe')
  const [chunk] = await once(pipe, 'data')
  return String(chunk).trim()
}

/** One that the system gives nobody by itself: it is still free when it is used. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
