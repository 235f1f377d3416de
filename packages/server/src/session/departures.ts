import type { Clock } from '../clock.ts'
import type { ClientConfig } from '../config/types.ts'
import { tagOf } from '../ids.ts'
import type { Sealer } from '../sealing/index.ts'
import type { WayBack } from './logout-request.ts'

/** A browser on its way to sign out at a provider, and where it goes from there. */
export interface Departure {
  client: ClientConfig
  way: WayBack
}

/** Milliseconds: the provider may ask the person first. */
const lifetime = 600_000

type Sealed = [
  expiresAt: number,
  clientId: string,
  uri: string | null,
  state: string | null,
  unregistered: 0 | 1,
]

/**
 * What travels as `state` to a provider's `end_session_endpoint` and back. It holds no address, but the tag of a registered
 * one; nothing is stored. Whoever has it learns and ends nothing with it, so it may be used again within its time.
 */
export interface Departures {
  seal(departure: Departure, provider: string): string
  /** Undefined unless sealed by us for this provider, in time, and client and address are still registered. */
  open(state: string, provider: string): Departure | undefined
}

export function createDepartures(deps: {
  clock: Clock
  sealer: Sealer
  clients: ReadonlyMap<string, ClientConfig>
}): Departures {
  const { clock, sealer, clients } = deps
  return {
    seal({ client, way }, provider) {
      const { uri, state, unregistered } = way
      const sealed: Sealed = [
        clock.now() + lifetime,
        client.id,
        uri === undefined ? null : tagOf(uri),
        state ?? null,
        unregistered ? 1 : 0,
      ]
      return sealer.seal(Buffer.from(JSON.stringify(sealed)), provider)
    },

    open(sealed, provider) {
      const bytes = sealer.open(sealed, provider)
      if (bytes === undefined) return
      // What opens was written by us: the seal is the check.
      const [expiresAt, clientId, tag, state, unregistered]: Sealed = JSON.parse(bytes.toString('utf8'))
      const client = clients.get(clientId)
      if (clock.now() >= expiresAt || client === undefined) return
      const uri = client.postLogoutRedirectUris.find((registered) => tagOf(registered) === tag)
      if (tag !== null && uri === undefined) return
      return {
        client,
        way: {
          unregistered: unregistered === 1,
          ...(uri === undefined ? {} : { uri }),
          ...(state === null ? {} : { state }),
        },
      }
    },
  }
}
