import type { Connection, ConnectionStore } from '../storage/index.ts'

/** What renewing asks of the storage. */
export type RenewalStore = Pick<
  ConnectionStore,
  'find' | 'lease' | 'begin' | 'settle' | 'expire' | 'markBroken' | 'noteUsed' | 'reseal'
>

/** The storage contract in memory, for one connection: each method is one step. */
export function memoryConnection(initial: Connection): RenewalStore & {
  row(): Connection
  /** The same account connected again. */
  reconnect(content: Pick<Connection, 'sealed' | 'obtainedAt' | 'expiresAt'>): void
} {
  let row = initial
  const isFree = (now: number) => row.renewal.leaseUntil === undefined || row.renewal.leaseUntil <= now
  const ended = ({ fence, failures, failure, retryAt, startedAt }: Connection['renewal']) => ({
    ...{ fence, failures },
    ...(failure === undefined ? {} : { failure }),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(startedAt === undefined ? {} : { startedAt }),
  })
  const withoutJournal = (renewal: Connection['renewal']) => {
    const { startedAt: _, ...rest } = ended(renewal)
    return rest
  }

  return {
    row: () => row,
    reconnect(content) {
      const fence = row.renewal.fence + 1
      const { needsReconnect: _, ...rest } = row
      row = { ...rest, ...content, version: row.version + 1, renewal: { fence, failures: 0 } }
    },
    find: async () => row,
    async lease(_, { version, now, until }) {
      if (row.version !== version || row.needsReconnect !== undefined || !isFree(now)) return undefined
      row = { ...row, renewal: { ...row.renewal, fence: row.renewal.fence + 1, leaseUntil: until } }
      return row
    },
    async begin(_, fence, now) {
      if (row.renewal.fence !== fence || isFree(now)) return false
      row = { ...row, renewal: { ...row.renewal, startedAt: now } }
      return true
    },
    async settle(_, fence, outcome) {
      if (row.renewal.fence !== fence) return false
      switch (outcome.kind) {
        case 'renewed': {
          const { kind: _kind, from, warnAnew: _warnAnew, ...content } = outcome
          if (row.version !== from) return false
          const { expiresAt: _expiresAt, hardEndsAt: _hardEndsAt, sweepAt: _sweepAt, ...kept } = row
          row = { ...kept, ...content, version: from + 1, renewal: { fence, failures: 0 } }
          return true
        }
        case 'failed': {
          const { failure, retryAt, keepJournal } = outcome
          const renewal = keepJournal ? ended(row.renewal) : withoutJournal(row.renewal)
          row = { ...row, renewal: { ...renewal, failures: renewal.failures + 1, failure, retryAt } }
          return true
        }
        case 'broken':
          row = {
            ...row,
            needsReconnect: { reason: outcome.reason, since: outcome.now },
            renewal: withoutJournal(row.renewal),
          }
          return true
        case 'released':
          row = { ...row, renewal: ended(row.renewal) }
          return true
      }
    },
    async expire(_, version, now) {
      if (row.version !== version) return false
      row = { ...row, expiresAt: now }
      return true
    },
    async markBroken(_, version, reason, now) {
      if (row.version !== version || row.needsReconnect !== undefined) return false
      const renewal = { ...withoutJournal(row.renewal), fence: row.renewal.fence + 1 }
      row = { ...row, needsReconnect: { reason, since: now }, renewal }
      return true
    },
    async noteUsed(_, now, unlessAfter) {
      if ((row.lastUsedAt ?? 0) <= unlessAfter) row = { ...row, lastUsedAt: now }
    },
    async reseal(_, from, { sealed, keyId }, now) {
      if (row.version !== from || !isFree(now)) return false
      row = { ...row, version: from + 1, sealed, keyId }
      return true
    },
  }
}
