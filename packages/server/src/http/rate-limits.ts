import type { Config, RateLimitsConfig } from '../config/types.ts'
import { ApiError } from '../errors.ts'
import type { Limiter, Refusal } from '../limits/index.ts'
import type { Logger } from '../logging.ts'
import { classifyAddress } from '../upstream/net/address.ts'
import { type ClientAddress, createAddressReader } from './client-address.ts'
import type { Ctx } from './deps.ts'

type PerMinute = 'authorizePerMinute' | 'callbackPerMinute' | 'tokenPerMinute'

/** What is counted for an address and a client, each apart from the others, and the limit that it has. */
const limits = {
  authorize: 'authorizePerMinute',
  choose: 'authorizePerMinute',
  par: 'authorizePerMinute',
  callback: 'callbackPerMinute',
  form_post: 'callbackPerMinute',
  token: 'tokenPerMinute',
  revoke: 'tokenPerMinute',
} as const satisfies Record<string, PerMinute>

export type CountedRequest = keyof typeof limits

/**
 * Who asks too often has to wait. Counted is before anything is looked up, proved or sent, and nothing is used up by a
 * request that is refused. Every refusal is an ApiError `rate_limited`, 429 with `Retry-After`.
 */
export interface RateLimits {
  /**
   * One more request of an address for a client. Ids that are not configured are all one client, so that inventing them
   * wins nothing, and costs the others nothing.
   */
  count(c: Ctx, request: CountedRequest, clientId: string | undefined): Promise<void>
  /** One more request of a user to their own API, wherever it comes from. */
  countUser(c: Ctx, userId: string): Promise<void>
  /**
   * Lets somebody with a secret or a key of their own prove that they are who they say. No number of good proofs is too
   * many; of bad ones, from an address and for an id, there is a limit, and beyond it nobody is listened to.
   */
  guard<T>(c: Ctx, id: string | undefined, prove: () => Promise<T> | T): Promise<T>
}

const unlimited: RateLimits = {
  count: async () => undefined,
  countUser: async () => undefined,
  guard: async (_, __, prove) => prove(),
}

/** Bad proofs a minute: guesses at a secret are worth less than requests. */
const failuresOf = ({ tokenPerMinute }: RateLimitsConfig): number =>
  Math.min(tokenPerMinute, Math.max(10, Math.ceil(tokenPerMinute / 10)))

export function createRateLimits(
  { clients, services, rateLimits, trustedProxies }: Config,
  { limiter, logger }: { limiter: Limiter; logger: Logger },
): RateLimits {
  if (rateLimits === false) return unlimited
  const known = new Set([...clients, ...services].map(({ id }) => id))
  const addressOf = createSenderReader(trustedProxies, logger)
  const failures = failuresOf(rateLimits)

  function refuse(c: Ctx, { waitMs, first }: Refusal, about: Record<string, unknown>): never {
    if (first) c.var.logger.warn({ error_code: 'rate_limited', ...about }, 'too many requests')
    throw new ApiError('rate_limited', {
      status: 429,
      description: 'Too many requests came in the last minute. Try again when it is over.',
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    })
  }

  return {
    async count(c, request, clientId) {
      const address = addressOf(c)
      // Nobody knows whose request it is: counted as one, the whole world would wait for itself.
      if (address === undefined) return
      const client = clientId !== undefined && known.has(clientId) ? clientId : ''
      const limit = limits[request]
      const refusal = await limiter.count(`${request} ${address} ${client}`, rateLimits[limit])
      if (refusal !== undefined) refuse(c, refusal, { limit: request, address, client_id: client })
    },

    async countUser(c, userId) {
      const refusal = await limiter.count(`account ${userId}`, rateLimits.accountPerMinute)
      if (refusal !== undefined) refuse(c, refusal, { limit: 'account', user_id: userId })
    },

    async guard(c, id, prove) {
      const address = addressOf(c)
      if (address === undefined) return prove()
      const claimed = id !== undefined && known.has(id) ? id : ''
      const key = `failures ${address} ${claimed}`
      const about = { limit: 'failures', address, client_id: claimed }
      const full = limiter.isFull(key)
      if (full !== undefined) refuse(c, full, about)
      try {
        return await prove()
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'invalid_client') throw error
        const refusal = await limiter.count(key, failures)
        if (refusal !== undefined) refuse(c, refusal, about)
        throw error
      }
    },
  }
}

/**
 * Whose requests are counted together. Undefined where nobody handed over the address. What makes the limits useless, or
 * makes everybody one, is logged once.
 */
function createSenderReader(
  trustedProxies: readonly string[],
  logger: Logger,
): (c: Ctx) => string | undefined {
  const read = createAddressReader(trustedProxies)
  const told = new Set<string>()
  const tellOnce = (what: string, fields: Record<string, unknown>, message: string) => {
    if (!told.has(what)) logger.warn(fields, message)
    told.add(what)
  }

  return (c) => {
    const sender: ClientAddress = read(c.env.remoteAddress, c.req.header('x-forwarded-for'))
    if (sender.key === undefined) {
      tellOnce(
        'unknown',
        {},
        'requests come without the address of their sender: nothing is limited by address',
      )
    }
    // Anybody may send the header; a proxy of one's own stands on one's own network.
    const { proxy } = sender
    if (proxy !== undefined && (proxy.because === 'it names nobody' || isInside(proxy.address))) {
      tellOnce(
        proxy.because,
        { ...proxy },
        'all who come by way of this proxy count as one sender: see trusted_proxies and X-Forwarded-For',
      )
    }
    return sender.key
  }
}

const isInside = (address: string): boolean => ['private', 'loopback'].includes(classifyAddress(address))
