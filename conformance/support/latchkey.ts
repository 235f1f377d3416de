import { randomBytes } from 'node:crypto'
import { createLatchkey, createLogger, type Latchkey, type LatchkeyEvent, listen } from '@latchkey/server'
import { type TestClock, type TestTimers, testClock } from './clock.ts'
import type { Spa } from './spa.ts'
import { createStorage, type TestStorage } from './storage.ts'

type Input = Parameters<typeof createLatchkey>[0]

export interface Running {
  issuer: string
  clock: TestClock
  /** Every log line so far, as JSON text. */
  logs: string[]
  events: LatchkeyEvent[]
  storage: TestStorage
  /** As configured. */
  serverSecrets: readonly string[]
  latchkey: Latchkey
  /** A SPA of the client `web`, on another site than the issuer. */
  spa: Spa
  close(): Promise<void>
}

/** The SPA's origin: nobody listens there, tests read the address that the browser would open. */
export const spaOrigin = 'http://localhost:5555'
export const spaRedirectUri = `${spaOrigin}/callback`

/**
 * A real server on a real socket and a real database, with a clock that the test turns.
 * `configure` gets the issuer and returns what differs from a working configuration with one client, `web`.
 */
export async function startLatchkey(
  configure: (issuer: string) => Partial<Input> & Pick<Input, 'providers'>,
  options: {
    clock?: TestClock
    /** Default: the system's. */
    timers?: TestTimers
    /** The issuer's path, such as `/auth`. */
    path?: string
    /** Default: a free one. */
    port?: number
  } = {},
): Promise<Running> {
  const { clock = testClock(), timers, path = '', port = 0 } = options
  const storage = await createStorage()
  const logs: string[] = []
  const events: LatchkeyEvent[] = []
  let latchkey: Latchkey | undefined
  // The port is part of the issuer, so the socket comes first.
  const server = await listen(
    { fetch: (request, sender) => latchkey?.fetch(request, sender) ?? new Response(null, { status: 503 }) },
    { host: '127.0.0.1', port },
  )
  const issuer = `http://127.0.0.1:${server.port}${path}`
  const serverSecrets = [randomBytes(32).toString('base64url')]
  const input: Input = {
    ...{ issuer, secrets: serverSecrets },
    storage: storage.url,
    // All that tests send comes from one address, in a minute that stands still.
    rate_limits: false,
    clients: [
      {
        id: 'web',
        redirect_uris: [spaRedirectUri],
        origins: [spaOrigin],
        resources: ['https://api.example.com'],
      },
    ],
    hooks: {
      onEvent: (event) => {
        events.push(event)
      },
    },
    ...configure(issuer),
  }
  const close = async (): Promise<void> => {
    await server.close(1_000)
    await latchkey?.close()
    await storage.remove()
  }
  try {
    latchkey = await createLatchkey(input, {
      clock,
      ...(timers === undefined ? {} : { timers }),
      logger: createLogger({
        level: 'debug',
        destination: { write: (line: string) => void logs.push(line) },
      }),
    })
  } catch (error) {
    await close()
    throw error
  }
  return {
    ...{ issuer, clock, logs, events, storage, latchkey, serverSecrets },
    spa: { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin },
    close,
  }
}
