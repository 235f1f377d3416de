import type { ClientConfig, Hooks } from '../config/types.ts'
import type { Logger } from '../logging.ts'
import type { User } from '../storage/index.ts'

/** Claims that say who, for whom, how long and how proved: ours alone. */
const reserved = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'azp', 'scope', 'cnf', 'act', 'may_act'],
  ...['sid', 'auth_time', 'amr', 'acr', 'idp', 'nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'typ'],
])

/**
 * Asks the owner's `claims` hook. It adds and never overwrites: reserved names are left out, and the log tells.
 * @throws what the hook throws; TypeError for anything but an object that JSON can hold
 */
export async function furtherClaims(
  hook: Hooks['claims'],
  user: User,
  client: ClientConfig,
  logger: Logger,
): Promise<Record<string, unknown>> {
  if (hook === undefined) return {}
  const given = await hook(
    {
      id: user.id,
      ...(user.name === undefined ? {} : { name: user.name }),
      ...(user.email === undefined ? {} : { email: user.email, email_verified: user.emailVerified === true }),
    },
    { id: client.id },
  )
  if (!isObject(given)) throw new TypeError('the claims hook must return an object')
  const kept: Record<string, unknown> = {}
  const refused: string[] = []
  for (const [name, value] of Object.entries(given)) {
    if (reserved.has(name) || name === '__proto__') refused.push(name)
    else kept[name] = value
  }
  if (refused.length > 0)
    logger.warn({ claims: refused }, 'the claims hook returned reserved claims; they were left out')
  // Now rather than when it is signed: what JSON cannot hold is an error of the hook.
  const written: Record<string, unknown> = JSON.parse(JSON.stringify(kept))
  return written
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
