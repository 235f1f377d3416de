import type { ConnectionStore, RenewalOutcome } from '../contract.ts'
import { connectionColumns, toConnection } from './connection-row.ts'
import type { Engine, Query } from './engine.ts'
import { type Argument, prepare } from './statement.ts'

interface Holder {
  id: string
  fence: number
}

interface Renewed extends Holder {
  from: number
  sealed: string
  key_id: string
  renewable: boolean
  obtained_at: number
  expires_at: number | undefined
  hard_ends_at: number | undefined
  sweep_at: number | undefined
  granted_scopes: string
}

/**
 * Who may renew a connection's tokens, and what came of it. Everything that decides is in the one row that a statement
 * writes: where writers run side by side, one that had to wait for another looks at it again.
 */
export function createConnectionRenewal(
  engine: Engine,
): Pick<ConnectionStore, 'lease' | 'begin' | 'settle' | 'expire' | 'markBroken'> {
  const db = engine.compiler

  const lease = prepare<{ id: string; version: number; now: number; until: number }>()((argument) =>
    db
      .updateTable('connections')
      .set((eb) => ({ fence: eb('fence', '+', 1), lease_until: argument('until') }))
      .where('id', '=', argument('id'))
      .where('version', '=', argument('version'))
      .where('broken_since', 'is', null)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', argument('now'))]))
      .returning(connectionColumns),
  )

  const begin = prepare<Holder & { now: number }>()((argument) =>
    db
      .updateTable('connections')
      .set({ started_at: argument('now') })
      .where('id', '=', argument('id'))
      .where('fence', '=', argument('fence'))
      .where('lease_until', '>', argument('now')),
  )

  const ending = (argument: Argument<Holder>) =>
    db
      .updateTable('connections')
      .set({ lease_until: null })
      .where('id', '=', argument('id'))
      .where('fence', '=', argument('fence'))

  const renewing = (argument: Argument<Renewed>) =>
    ending(argument)
      .set((eb) => ({
        version: eb('version', '+', 1),
        sealed: argument('sealed'),
        key_id: argument('key_id'),
        renewable: argument('renewable'),
        obtained_at: argument('obtained_at'),
        expires_at: argument('expires_at'),
        hard_ends_at: argument('hard_ends_at'),
        sweep_at: argument('sweep_at'),
        granted_scopes: argument('granted_scopes'),
        started_at: null,
        failures: 0,
        failure: null,
        retry_at: null,
      }))
      .where('version', '=', argument('from'))
  const renewed = prepare<Renewed>()(renewing)
  const renewedForLonger = prepare<Renewed>()((argument) => renewing(argument).set({ warned_days: null }))

  type Failed = Holder & { failure: string; retry_at: number }
  const failing = (argument: Argument<Failed>) =>
    ending(argument).set((eb) => ({
      failures: eb('failures', '+', 1),
      failure: argument('failure'),
      retry_at: argument('retry_at'),
    }))
  const failedInDoubt = prepare<Failed>()(failing)
  const failed = prepare<Failed>()((argument) => failing(argument).set({ started_at: null }))

  const broken = prepare<Holder & { reason: string; now: number }>()((argument) =>
    ending(argument).set({
      broken_since: argument('now'),
      broken_reason: argument('reason'),
      started_at: null,
    }),
  )

  const released = prepare<Holder>()(ending)

  const expire = prepare<{ id: string; version: number; now: number }>()((argument) =>
    db
      .updateTable('connections')
      .set({ expires_at: argument('now') })
      .where('id', '=', argument('id'))
      .where('version', '=', argument('version')),
  )

  const markBroken = prepare<{ id: string; version: number; reason: string; now: number }>()((argument) =>
    db
      .updateTable('connections')
      .set((eb) => ({
        broken_since: argument('now'),
        broken_reason: argument('reason'),
        fence: eb('fence', '+', 1),
        lease_until: null,
        started_at: null,
      }))
      .where('id', '=', argument('id'))
      .where('version', '=', argument('version'))
      .where('broken_since', 'is', null),
  )

  const settling = (holder: Holder, outcome: RenewalOutcome): Query<unknown> => {
    switch (outcome.kind) {
      case 'renewed':
        return (outcome.warnAnew ? renewedForLonger : renewed)({
          ...holder,
          from: outcome.from,
          sealed: outcome.sealed,
          key_id: outcome.keyId,
          renewable: outcome.renewable,
          obtained_at: outcome.obtainedAt,
          expires_at: outcome.expiresAt,
          hard_ends_at: outcome.hardEndsAt,
          sweep_at: outcome.sweepAt,
          granted_scopes: JSON.stringify(outcome.grantedScopes),
        })
      case 'failed': {
        const values = { ...holder, failure: outcome.failure, retry_at: outcome.retryAt }
        return outcome.keepJournal ? failedInDoubt(values) : failed(values)
      }
      case 'broken':
        return broken({ ...holder, reason: outcome.reason, now: outcome.now })
      case 'released':
        return released(holder)
    }
  }

  const changesOne = async (query: Query<unknown>) => (await engine.write(query)).changes === 1

  return {
    async lease(id, at) {
      const { rows } = await engine.write(lease({ id, ...at }))
      return rows[0] && toConnection(rows[0])
    },
    begin: (id, fence, now) => changesOne(begin({ id, fence, now })),
    settle: (id, fence, outcome) => changesOne(settling({ id, fence }, outcome)),
    expire: (id, version, now) => changesOne(expire({ id, version, now })),
    markBroken: (id, version, reason, now) => changesOne(markBroken({ id, version, reason, now })),
  }
}
