import type { OutboxMessage, OutboxStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { atMost } from './limit.ts'
import { unclaimed } from './locks.ts'
import { prepare } from './statement.ts'
import type { OutboxTable } from './tables.ts'

export function createOutboxStore(engine: Engine): OutboxStore {
  const db = engine.compiler

  const add = prepare<OutboxTable>()((argument) =>
    db
      .insertInto('outbox')
      .values({
        id: argument('id'),
        endpoint: argument('endpoint'),
        type: argument('type'),
        body: argument('body'),
        created_at: argument('created_at'),
        due_at: argument('due_at'),
        attempts: argument('attempts'),
      })
      .onConflict((conflict) => conflict.column('id').doNothing()),
  )

  const claimDue = prepare<{ now: number; until: number; limit: number }>()((argument) =>
    db
      // Apart: inside, an engine may look anew for each row that it has, and find more than were asked for.
      .with('due', (due) =>
        unclaimed(
          engine,
          due
            .selectFrom('outbox')
            .select('outbox.id')
            .where('outbox.due_at', '<=', argument('now'))
            .orderBy('outbox.due_at')
            .orderBy('outbox.id')
            .limit(argument('limit')),
        ),
      )
      .updateTable('outbox')
      .set((eb) => ({ due_at: argument('until'), attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
      .returning(['id', 'endpoint', 'type', 'body', 'created_at', 'due_at', 'attempts']),
  )

  const postpone = prepare<{ id: string; due_at: number }>()((argument) =>
    db
      .updateTable('outbox')
      .set({ due_at: argument('due_at') })
      .where('id', '=', argument('id')),
  )

  const drop = prepare<{ id: string }>()((argument) =>
    db.deleteFrom('outbox').where('id', '=', argument('id')),
  )

  const count = prepare()(() => db.selectFrom('outbox').select((eb) => eb.fn.countAll<number>().as('count')))

  const backlog = prepare<{ limit: number }>()((argument) =>
    db
      .selectFrom(
        db
          .selectFrom('outbox')
          .select('created_at')
          .orderBy('due_at')
          .orderBy('id')
          .limit(argument('limit'))
          .as('first'),
      )
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('first.created_at').as('oldest_at')]),
  )

  return {
    add: (messages) =>
      engine.transaction(function* () {
        for (const message of messages) yield* run(add(toRow(message)))
        return { commit: undefined }
      }),

    async claimDue(now, until, limit) {
      const { rows } = await engine.write(claimDue({ now, until, limit: atMost(limit) }))
      return rows.map(toMessage).toSorted(byAge)
    },

    async postpone(id, dueAt) {
      await engine.write(postpone({ id, due_at: dueAt }))
    },

    async drop(id) {
      return (await engine.write(drop({ id }))).changes === 1
    },

    async count() {
      const [counted] = await engine.read(count({}))
      return counted?.count ?? 0
    },

    async backlog(limit) {
      const [found] = await engine.read(backlog({ limit: atMost(limit) }))
      // No row at all: there is nothing that could be the oldest.
      const oldestAt = found?.oldest_at ?? undefined
      return { count: found?.count ?? 0, ...(oldestAt === undefined ? {} : { oldestAt }) }
    },
  }
}

/** A statement that returns what it wrote does so in no order. */
const byAge = (a: OutboxMessage, b: OutboxMessage): number => a.createdAt - b.createdAt

const toRow = (message: OutboxMessage): OutboxTable => ({
  id: message.id,
  endpoint: message.endpoint,
  type: message.type,
  body: message.body,
  created_at: message.createdAt,
  due_at: message.dueAt,
  attempts: message.attempts,
})

const toMessage = (row: OutboxTable): OutboxMessage => ({
  id: row.id,
  endpoint: row.endpoint,
  type: row.type,
  body: row.body,
  createdAt: row.created_at,
  dueAt: row.due_at,
  attempts: row.attempts,
})
