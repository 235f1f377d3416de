import type { Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import { randomFraction } from '../random.ts'
import type { ConnectionStore, QuarantineStore } from '../storage/index.ts'
import type { Upstream } from '../upstream/index.ts'
import { createMarkBroken } from './broken.ts'
import type { VaultContents } from './contents.ts'
import { createHandOut, type HandOut } from './hand-outs.ts'
import { createListFor, type ListFor } from './listing.ts'
import { createNarrowing } from './narrowing.ts'
import type { NoteServed } from './note.ts'
import { type ApiAccess, type ApiProxy, createApiProxy } from './proxying.ts'
import type { Renewer } from './renewal-attempt.ts'
import { createRenewals } from './renewals.ts'
import { createReport, type Report } from './reports.ts'
import { createSignRequest, type SignRequest } from './signing.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'

/** What the vault does for services, and what keeps connections alive for them. */
export interface Serving {
  handOut: HandOut
  report: Report
  proxy: ApiProxy
  sign: SignRequest
  listFor: ListFor
  /** One round of the background work. */
  upkeep: Upkeep
  /** Waits for the renewals that are under way here; what the provider answered is written then. */
  close(): Promise<void>
}

export interface ServingDeps {
  connections: ConnectionStore
  quarantine: Pick<QuarantineStore, 'put'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Renewer & Pick<Upstream, 'signing' | 'apiCredentials'>>
  api: ApiAccess
  clock: Clock
  timers: Timers
  /** In [0, 1), for jitter. Default: `randomFraction`. */
  random?: () => number
  events: Events
  logger: Logger
  /** Told how it went with each hand-out and each renewal. Default: nobody is. */
  note?: NoteServed | undefined
}

export function createServing(deps: ServingDeps): Serving {
  const { random = randomFraction, note = () => undefined } = deps
  const noted = { ...deps, note }
  const renewals = createRenewals({ ...noted, random })
  const narrowing = createNarrowing({ ...noted, random, renewals })
  const parts = { ...noted, renewals, narrowing, markBroken: createMarkBroken(deps) }
  const handOut = createHandOut(parts)
  const report = createReport(parts)
  return {
    handOut,
    report,
    proxy: createApiProxy({ ...parts, handOut, report }),
    sign: createSignRequest({ ...parts, handOut }),
    listFor: createListFor(deps),
    upkeep: createUpkeep(parts),
    close: async () => void (await Promise.all([renewals.close(), narrowing.close()])),
  }
}
