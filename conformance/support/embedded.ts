import { randomBytes } from 'node:crypto'
import { createLatchkey, createLogger, type Latchkey, silentLogger } from '@latchkey/server'
import { spaOrigin, spaRedirectUri } from './latchkey.ts'

type Input = Parameters<typeof createLatchkey>[0]

/** What a test changes of `embedLatchkey`'s configuration. */
export type Changes = Partial<Input> & Pick<Input, 'providers'>

/**
 * The server as a function, in memory and without a socket: for issuers that no test can listen on (https), and for many
 * requests in little time. Logs, from debug on, go to `logs`; nowhere without it.
 */
export function embedLatchkey(
  issuer: string,
  changes: Changes,
  parts: { clock?: { now(): number }; logs?: string[] } = {},
): Promise<Latchkey> {
  const { clock, logs } = parts
  const input: Input = {
    issuer,
    secrets: [randomBytes(32).toString('base64url')],
    storage: 'sqlite::memory:',
    rate_limits: false,
    clients: [{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }],
    ...changes,
  }
  const logger =
    logs === undefined
      ? silentLogger
      : createLogger({ level: 'debug', destination: { write: (line: string) => void logs.push(line) } })
  return createLatchkey(input, { logger, ...(clock === undefined ? {} : { clock }) })
}
