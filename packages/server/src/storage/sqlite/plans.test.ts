import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { bareIdentity, bareKey, bareSession, bareUser } from '../conformance/subject.ts'
import { migrations } from '../migrations/index.ts'
import type { Engine, Query } from '../sql/engine.ts'
import { createOneTimeStore } from '../sql/one-time.ts'
import { createSessionStore } from '../sql/sessions.ts'
import { createSigningKeyStore } from '../sql/signing-keys.ts'
import { createSweep } from '../sql/sweep.ts'
import { createUserStore } from '../sql/users.ts'
import { createCompiler, schemaDialect } from './dialect.ts'

it('reliability P5: no statement reads a whole table that grows', async () => {
  const queries: Query<unknown>[] = []
  const note = (query: Query<unknown>) => {
    queries.push(query)
    return { rows: [], changes: 0 }
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
  await users.createWithIdentity(bareUser(), bareIdentity())
  await users.updateProfile('u', {}, { id: 'i' })
  const sessions = createSessionStore(engine)
  await sessions.create(bareSession('u'), 'k')
  await sessions.find('s')
  await sessions.rotate('s', { from: 0, to: 1, now: 1, idleExpiresAt: 2 })
  await sessions.revoke('s', 1, 'r')
  await sessions.revokeByCode('k', 1, 'r')
  const signingKeys = createSigningKeyStore(engine)
  await signingKeys.addFirst(bareKey())
  await signingKeys.addNext(bareKey(), 'k')
  await signingKeys.activate('k', 1)
  await signingKeys.noteUse('k', 1)
  await signingKeys.retire('k', 1)
  await signingKeys.remove('k', 1)
  await createSweep(engine)(1, 10)

  const database = new DatabaseSync(':memory:')
  for (const { up } of migrations) for (const text of up(schemaDialect)) database.exec(text)
  const plans = queries.map(({ statement: { sql } }) => {
    const steps = database.prepare(`explain query plan ${sql}`).all()
    return { sql, steps: steps.map(({ detail }) => String(detail)) }
  })
  database.close()
  expect(plans.length).toBeGreaterThanOrEqual(20)
  expect(plans.filter(({ steps }) => steps.some((step) => /^SCAN (?!CONSTANT ROW)/.test(step)))).toEqual([])
})
