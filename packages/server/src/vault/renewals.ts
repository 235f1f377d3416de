import type { Timers } from '../background.ts'
import type { Connection, ConnectionStore, QuarantineStore } from '../storage/index.ts'
import { createIntrospected } from './introspected.ts'
import { jittered, pause } from './pause.ts'
import { createPersistently } from './persistence.ts'
import { type AttemptDeps, createRenewalAttempt, type RenewalAttempt } from './renewal-attempt.ts'
import { createSettlement } from './settlement.ts'
import { createGiveUpStray } from './strays.ts'

/** Longer than a call of a provider takes, so that it seldom runs out under one. */
export const leaseMs = 15_000
/** Longer than a lease, so that whoever waits for a holder that died takes its place. */
export const patienceMs = 20_000
const firstPauseMs = 25
const longestPauseMs = 400

export interface Renewals {
  /**
   * Has a connection renewed that looked like this, by whoever gets its lease; in this process once for all who ask.
   * Gives it as it is then: at a new version, in need of reconnecting, with a failure and its `retryAt`, or unchanged
   * when somebody else has been at it for too long. Undefined when it is gone.
   * @throws StorageError, VaultError
   */
  renew(seen: Connection, by: { requestId: string }): Promise<Connection | undefined>
  /** For whoever holds a lease that was not taken here. */
  readonly attempt: RenewalAttempt
  /** Waits for what is under way here, and not any more for what others do. Nothing may be begun after it. */
  close(): Promise<void>
}

export type RenewalsDeps = Omit<AttemptDeps, 'settle' | 'giveUpStray' | 'connections'> & {
  connections: Pick<ConnectionStore, 'find' | 'lease' | 'begin' | 'settle'>
  quarantine: Pick<QuarantineStore, 'put'>
  timers: Timers
}

export function createRenewals(deps: RenewalsDeps): Renewals {
  const { connections, clock, timers, random } = deps
  const persistently = createPersistently(deps)
  const settle = createSettlement({ ...deps, persistently })
  const giveUpStray = createGiveUpStray({ ...deps, persistently })
  const attempt = createRenewalAttempt({ ...deps, settle, giveUpStray })
  const introspected = createIntrospected({ ...deps, settle, leaseMs })
  const underWay = new Map<string, Promise<Connection | undefined>>()
  const behind = new Set<Promise<void>>()
  let closing = false

  async function follow(seen: Connection, by: { requestId: string }): Promise<Connection | undefined> {
    const { id, version } = seen
    const until = clock.now() + patienceMs
    let row: Connection | undefined = seen
    for (let pauseMs = firstPauseMs; isWaitedFor(row); pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      const now = clock.now()
      const leased = await connections.lease(id, { version, now, until: now + leaseMs })
      if (leased !== undefined) {
        await renewLeased(leased, by)
        row = await connections.find(id)
        continue
      }
      row = await connections.find(id)
      if (!isWaitedFor(row) || clock.now() >= until || closing) break
      await pause(timers, jittered(pauseMs, random))
      row = await connections.find(id)
    }
    return row

    function isWaitedFor(one: Connection | undefined): one is Connection {
      return (
        one !== undefined &&
        one.version === version &&
        one.needsReconnect === undefined &&
        clock.now() >= (one.renewal.retryAt ?? 0)
      )
    }
  }

  async function renewLeased(leased: Connection, by: { requestId: string }): Promise<void> {
    // Somebody's failure between our look and our lease.
    if (clock.now() < (leased.renewal.retryAt ?? 0)) {
      await connections.settle(leased.id, leased.renewal.fence, { kind: 'released' })
      return
    }
    const outcome = await attempt(leased, by)
    if (!outcome.renewed || outcome.by === 'expires_in' || outcome.by === 'jwt') return
    const learning: Promise<void> = introspected(leased).finally(() => behind.delete(learning))
    behind.add(learning)
  }

  return {
    attempt,
    renew(seen, by) {
      const running = underWay.get(seen.id)
      if (running !== undefined) return running
      const flight = follow(seen, by).finally(() => underWay.delete(seen.id))
      underWay.set(seen.id, flight)
      return flight
    },
    async close() {
      closing = true
      while (underWay.size + behind.size > 0) await Promise.allSettled([...underWay.values(), ...behind])
    },
  }
}
