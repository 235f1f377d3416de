import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { bareIdentity, bareKey, bareSession, bareUser } from '../conformance/subject.ts'
import { bareConnection, bareMessage, bareQuarantined, renewed } from '../conformance/vault-subject.ts'
import type { RenewalOutcome } from '../contract.ts'
import { migrations } from '../migrations/index.ts'
import { createConnectionStore } from '../sql/connections.ts'
import type { Engine, Query } from '../sql/engine.ts'
import { createOneTimeStore } from '../sql/one-time.ts'
import { createOutboxStore } from '../sql/outbox.ts'
import { createProviderOutcomeStore } from '../sql/provider-outcomes.ts'
import { createQuarantineStore } from '../sql/quarantine.ts'
import { createSessionStore } from '../sql/sessions.ts'
import { createSigningKeyStore } from '../sql/signing-keys.ts'
import { createSweep } from '../sql/sweep.ts'
import { createUserStore } from '../sql/users.ts'
import { createVaultKeyStore } from '../sql/vault-keys.ts'
import { createCompiler, schemaDialect } from './dialect.ts'

it('reliability P5: no statement reads a whole table that grows', async () => {
  // Work of several statements goes different ways, depending on whether the first one found something.
  const plans = explain([...(await collect(0)), ...(await collect(1))])
  expect(plans.length).toBeGreaterThanOrEqual(84)
  const scans = plans.filter(({ steps }) => steps.some((step) => /^SCAN (?!CONSTANT ROW)/.test(step)))
  // Counting what waits is counting all of it; it is what could not be delivered yet.
  expect(scans.map(({ sql }) => sql)).toEqual(['select count(*) as "count" from "outbox"'])
})

it('reliability P5: a page of any list is read in order, not sorted', async () => {
  const pages = explain(await collect(1)).filter(
    ({ sql }) => sql.endsWith('limit ?') && sql.includes('order by') && !sql.includes('"verified_email"'),
  )
  // Users, sessions, the feed; connections by four filters and those to be swept; what is sealed otherwise, twice; key ids.
  expect(pages).toHaveLength(11)
  for (const { steps } of pages) expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
})

it('reliability P2: a rotation touches no index', () => {
  const written = ['counter', 'rotated_at', 'idle_expires_at']
  const schema = migrations.flatMap(({ up }) => up(schemaDialect))
  const indexes = schema.filter((text) => /^create index \S+ on sessions /.test(text))
  expect(indexes.length).toBeGreaterThanOrEqual(6)
  expect(indexes.filter((text) => written.some((column) => text.includes(column)))).toEqual([])
})

it('reliability P2: neither a lease nor its outcome without tokens, nor a use, touches an index', () => {
  const written = ['fence', 'lease_until', 'started_at', 'failures', 'failure', 'retry_at', 'last_used_at']
  const schema = migrations.flatMap(({ up }) => up(schemaDialect))
  const indexes = schema.filter((text) => /^create index \S+ on connections /.test(text))
  expect(indexes.length).toBeGreaterThanOrEqual(4)
  expect(indexes.filter((text) => written.some((column) => text.includes(column)))).toEqual([])
})

/** What the stores ask for, when every write changes so many rows. */
async function collect(changes: number): Promise<Query<unknown>[]> {
  const queries: Query<unknown>[] = []
  const note = (query: Query<unknown>) => {
    queries.push(query)
    return { rows: [], changes }
  }
  const engine: Engine = {
    compiler: createCompiler(),
    read: async (query) => note(query).rows,
    write: async (query) => note(query),
    async transaction(make) {
      const work = make()
      let step = work.next({ rows: [], changes: 0 })
      while (!step.done) step = work.next(note(step.value))
      return 'commit' in step.value ? step.value.commit : step.value.rollback
    },
  }
  const thing = { kind: 'code' as const, key: 'k' }
  const oneTime = createOneTimeStore(engine)
  await oneTime.issue({ ...thing, value: 'v', expiresAt: 2 })
  await oneTime.consumeOnce(thing, 1)
  await oneTime.consumeOnce(thing, 1, { expiresAt: 2 })
  const users = createUserStore(engine)
  await users.find('u')
  await users.findByIdentity('i', 's')
  await users.findByVerifiedEmail('e', 1)
  await users.createWithIdentity(bareUser(), bareIdentity(), {
    invite: { keys: ['k'], now: 1 },
    newEmail: true,
  })
  await users.joinIdentity('u', bareIdentity())
  await users.joinIdentity('u', bareIdentity(), 'i')
  await users.list()
  await users.updateProfile('u', {}, { id: 'i' })
  await users.listIdentities('u')
  await users.addIdentity('u', bareIdentity())
  await users.removeIdentity('u', 'i')
  await users.disable('u', 1)
  await users.enable('u')
  await users.erase('u', 1)
  const sessions = createSessionStore(engine)
  await sessions.create(bareSession('u'), 'k')
  await sessions.find('s')
  await sessions.rotate('s', { to: 1, now: 1, idleExpiresAt: 2 })
  await sessions.revoke('s', 1, 'r')
  await sessions.revokeByCode('k', 1, 'r')
  await sessions.listLiving('u', 1)
  await sessions.revokeAllOf('u', 1, 'r')
  await sessions.revokeByUpstream({ issuer: 'i', subject: 's' }, 1, 'r')
  await sessions.revokeByUpstream({ issuer: 'i', sid: 's' }, 1, 'r')
  await sessions.listRevoked(1, 10)
  const signingKeys = createSigningKeyStore(engine)
  await signingKeys.addFirst(bareKey())
  await signingKeys.addNext(bareKey(), 'k')
  await signingKeys.activate('k', 1)
  await signingKeys.noteUse('k', 1)
  await signingKeys.retire('k', 1)
  await signingKeys.remove('k', 1)
  await createSweep(engine)(1, 10)
  await askVault(engine)
  return queries
}

async function askVault(engine: Engine): Promise<void> {
  const connections = createConnectionStore(engine)
  await connections.find('c')
  await connections.findAccount('u', 'p', 's')
  await connections.holdsAccount('p', 's')
  await connections.list({})
  await connections.list({ userId: 'u' })
  await connections.list({ providers: ['p', 'q', 'r'] })
  await connections.list({ userId: 'u', providers: ['p'] })
  await connections.connect('q', 1, bareConnection('u'))
  await connections.reconnect('q', 1, 'c', 1, bareConnection('u'))
  await connections.remove('c', 1, bareQuarantined('u'))
  await connections.lease('c', { version: 1, now: 1, until: 2 })
  await connections.begin('c', 1, 1)
  for (const outcome of outcomes) await connections.settle('c', 1, outcome)
  await connections.expire('c', 1, 1)
  await connections.markBroken('c', 1, 'r', 1)
  await connections.noteUsed('c', 1, 1)
  await connections.listSweepable(1, 10)
  await connections.noteSwept('c', 1, {})
  await connections.keyIds()
  await connections.listSealedOtherwise('k', 10)
  await connections.countSealedOtherwise('k')
  await connections.reseal('c', 1, { sealed: 's', keyId: 'k' }, 1)
  const quarantine = createQuarantineStore(engine)
  await quarantine.put(bareQuarantined('u'))
  await quarantine.find('q')
  await quarantine.hasten('q', 1)
  await quarantine.claimDue(1, 2, 10)
  await quarantine.claim('q', 2)
  await quarantine.postpone('q', 2)
  await quarantine.drop('q')
  await quarantine.listSealedOtherwise('k', 10)
  await quarantine.reseal('q', 's', { sealed: 's', keyId: 'k' })
  const outbox = createOutboxStore(engine)
  await outbox.add([bareMessage()])
  await outbox.claimDue(1, 2, 10)
  await outbox.postpone('m', 2)
  await outbox.drop('m')
  await outbox.count()
  const vaultKeys = createVaultKeyStore(engine)
  await vaultKeys.add({ id: 'k', generation: 1, wrapped: 'w', createdAt: 1 })
  await vaultKeys.remove('k', ['k'])
  const providerOutcomes = createProviderOutcomeStore(engine)
  await providerOutcomes.add([{ provider: 'p', outcome: 'ok', count: 1, firstAt: 1, lastAt: 1 }])
}

const outcomes: RenewalOutcome[] = [
  renewed(1),
  { kind: 'failed', failure: 'outage', retryAt: 1, keepJournal: true },
  { kind: 'failed', failure: 'outage', retryAt: 1, keepJournal: false },
  { kind: 'broken', reason: 'r', now: 1 },
  { kind: 'released' },
]

/** How SQLite would go about each statement; each once. */
function explain(queries: Query<unknown>[]): { sql: string; steps: string[] }[] {
  const database = new DatabaseSync(':memory:')
  for (const { up } of migrations) for (const text of up(schemaDialect)) database.exec(text)
  const plans = [...new Set(queries.map(({ statement }) => statement.sql))].map((sql) => {
    const steps = database.prepare(`explain query plan ${sql}`).all()
    return { sql, steps: steps.map(({ detail }) => String(detail)) }
  })
  database.close()
  return plans
}
