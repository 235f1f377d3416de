import type { Clock } from '../clock.ts'
import { hashOf, newSecret } from '../ids.ts'
import type { OneTimeStore } from '../storage/index.ts'
import type { JourneyCodec } from './journey.ts'
import type { JourneyRequest } from './request.ts'

/** RFC 9126 section 2.2. */
const prefix = 'urn:ietf:params:oauth:request_uri:'
/** Seconds that a pushed request waits for its browser. */
export const pushedSeconds = 60

export interface PushedRequests {
  /** Keeps a checked request; the name under which the browser may bring it once. */
  push(request: JourneyRequest): Promise<string>
  /** Whether a `request_uri` has the form of ours. */
  isOurs(requestUri: string): boolean
  /** Takes a pushed request: once, within its minute, by the client that pushed it. */
  take(requestUri: string, clientId: string): Promise<JourneyRequest | undefined>
}

/** Pushed requests (RFC 9126), kept sealed under the hash of a name of 256 bits. */
export function createPushedRequests(deps: {
  clock: Clock
  codec: JourneyCodec
  oneTime: OneTimeStore
}): PushedRequests {
  const { clock, codec, oneTime } = deps
  return {
    async push(request) {
      const name = newSecret()
      const key = hashOf(name)
      const now = clock.now()
      const value = codec.seal({ ...request, seed: Buffer.alloc(32), startedAt: now }, key)
      await oneTime.issue({ kind: 'request_uri', key, value, expiresAt: now + pushedSeconds * 1000 })
      return `${prefix}${name}`
    },
    isOurs: (requestUri) => requestUri.startsWith(prefix),
    async take(requestUri, clientId) {
      const key = hashOf(requestUri.slice(prefix.length))
      const now = clock.now()
      const taken = await oneTime.consumeOnce({ kind: 'request_uri', key }, now)
      const journey = taken.outcome === 'consumed' ? codec.open(taken.value, key, now) : undefined
      if (journey === undefined || journey.clientId !== clientId) return
      const { seed: _, startedAt: __, ...request } = journey
      return request
    },
  }
}
