import type { Clock } from '../clock.ts'
import { hashOf } from '../ids.ts'
import type { OneTimeStore } from '../storage/index.ts'
import { type JourneyCodec, journeyLifetime, type PushedReference } from './journey.ts'
import type { JourneyRequest } from './request.ts'

/** RFC 9126 section 2.2. */
const prefix = 'urn:ietf:params:oauth:request_uri:'
/** Seconds that a pushed request waits for its browser. */
export const pushedSeconds = 60
const pushedMs = pushedSeconds * 1000
/** What a sealed request belongs to while it waits. */
const place = 'pushed'

export interface PushedRequests {
  /** Seals a checked request into the name under which the browser may bring it once. */
  push(request: JourneyRequest): string
  /** Whether a `request_uri` has the form of ours. */
  isOurs(requestUri: string): boolean
  /** Reads a pushed request, within its minute and for the client that pushed it, and does not use it up. */
  read(requestUri: string, clientId: string): { request: JourneyRequest; pushed: PushedReference } | undefined
  /**
   * Uses it up, since the browser is sent on to a provider: true for the first time. `page` is the chooser page of the
   * choice, if one was made: whoever goes back to that page and chooses anew brings nothing a second time.
   */
  useUp(pushed: PushedReference, page?: string): Promise<boolean>
}

/**
 * Pushed requests (RFC 9126). The request itself travels, sealed, in its `request_uri`: anybody may push in the name of a
 * public client, and nobody fills the database with it. Only that one was used is remembered.
 */
export function createPushedRequests(deps: {
  clock: Clock
  codec: JourneyCodec
  oneTime: OneTimeStore
}): PushedRequests {
  const { clock, codec, oneTime } = deps
  const kind = 'request_uri'
  return {
    push: (request) =>
      prefix + codec.seal({ ...request, seed: Buffer.alloc(32), startedAt: clock.now() }, place),
    isOurs: (requestUri) => requestUri.startsWith(prefix),
    read(requestUri, clientId) {
      const sealed = requestUri.slice(prefix.length)
      const now = clock.now()
      const journey = codec.open(sealed, place, now)
      if (journey === undefined || journey.clientId !== clientId) return
      const { seed: _, startedAt: pushedAt, pushed: __, temporary: ___, ...request } = journey
      if (now >= pushedAt + pushedMs) return
      return { request, pushed: { key: hashOf(sealed), pushedAt } }
    },
    async useUp({ key, pushedAt }, page) {
      const now = clock.now()
      // As long as anything lives that could use it again: the name, or a chooser page that it led to.
      const expiresAt = pushedAt + pushedMs + (page === undefined ? 0 : journeyLifetime)
      const use = await oneTime.consumeOnce({ kind, key }, now, { expiresAt })
      if (page === undefined) return use.outcome === 'consumed'
      const choice = { kind, key: `${key}.${hashOf(page)}` } as const
      if (use.outcome === 'consumed') {
        await oneTime.issue({ ...choice, value: '', expiresAt })
        return true
      }
      return (await oneTime.consumeOnce(choice, now)).outcome !== 'absent'
    },
  }
}
