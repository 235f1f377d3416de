import type { Clock } from '../clock.ts'
import { hashOf } from '../ids.ts'
import type { OneTimeStore } from '../storage/index.ts'
import type { JourneyCodec } from './journey.ts'
import type { JourneyRequest } from './request.ts'

/** RFC 9126 section 2.2. */
const prefix = 'urn:ietf:params:oauth:request_uri:'
/** Seconds that a pushed request waits for its browser. */
export const pushedSeconds = 60
/** What a sealed request belongs to while it waits. */
const place = 'pushed'

export interface PushedRequests {
  /** Seals a checked request into the name under which the browser may bring it once. */
  push(request: JourneyRequest): string
  /** Whether a `request_uri` has the form of ours. */
  isOurs(requestUri: string): boolean
  /** Takes a pushed request: once, within its minute, by the client that pushed it. */
  take(requestUri: string, clientId: string): Promise<JourneyRequest | undefined>
}

/**
 * Pushed requests (RFC 9126). The request itself travels, sealed, in its `request_uri`: anybody may push in the name of a
 * public client, and nobody fills the database with it. Only that one was brought is remembered.
 */
export function createPushedRequests(deps: {
  clock: Clock
  codec: JourneyCodec
  oneTime: OneTimeStore
}): PushedRequests {
  const { clock, codec, oneTime } = deps
  return {
    push: (request) =>
      prefix + codec.seal({ ...request, seed: Buffer.alloc(32), startedAt: clock.now() }, place),
    isOurs: (requestUri) => requestUri.startsWith(prefix),
    async take(requestUri, clientId) {
      const sealed = requestUri.slice(prefix.length)
      const now = clock.now()
      const journey = codec.open(sealed, place, now)
      if (journey === undefined || journey.clientId !== clientId) return
      const expiresAt = journey.startedAt + pushedSeconds * 1000
      const first = await oneTime.consumeOnce({ kind: 'request_uri', key: hashOf(sealed) }, now, {
        expiresAt,
      })
      if (first.outcome !== 'consumed') return
      const { seed: _, startedAt: __, ...request } = journey
      return request
    },
  }
}
