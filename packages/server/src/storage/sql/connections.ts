import type { ConnectionStore } from '../contract.ts'
import { createConnectionList } from './connection-list.ts'
import { createConnectionMaking } from './connection-making.ts'
import { createConnectionRenewal } from './connection-renewal.ts'
import { connectionColumns, toConnection } from './connection-row.ts'
import { createConnectionUpkeep } from './connection-upkeep.ts'
import type { Engine } from './engine.ts'
import { prepare } from './statement.ts'

export function createConnectionStore(engine: Engine): ConnectionStore {
  const db = engine.compiler

  const find = prepare<{ id: string }>()((argument) =>
    db.selectFrom('connections').select(connectionColumns).where('id', '=', argument('id')),
  )

  const findAccount = prepare<{ user_id: string; provider: string; subject: string }>()((argument) =>
    db
      .selectFrom('connections')
      .select(connectionColumns)
      .where('user_id', '=', argument('user_id'))
      .where('provider', '=', argument('provider'))
      .where('subject', '=', argument('subject')),
  )

  const findHolder = prepare<{ provider: string; subject: string }>()((argument) =>
    db
      .selectFrom('connections')
      .select('id')
      .where('provider', '=', argument('provider'))
      .where('subject', '=', argument('subject'))
      .limit(1),
  )

  const noteUsed = prepare<{ id: string; now: number; unless_after: number }>()((argument) =>
    db
      .updateTable('connections')
      .set({ last_used_at: argument('now') })
      .where('id', '=', argument('id'))
      .where((eb) =>
        eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', argument('unless_after'))]),
      ),
  )

  return {
    ...createConnectionMaking(engine),
    ...createConnectionRenewal(engine),
    ...createConnectionUpkeep(engine),
    ...createConnectionList(engine),

    async find(id) {
      const [row] = await engine.read(find({ id }))
      return row && toConnection(row)
    },

    async findAccount(userId, provider, subject) {
      const [row] = await engine.read(findAccount({ user_id: userId, provider, subject }))
      return row && toConnection(row)
    },

    async holdsAccount(provider, subject) {
      return (await engine.read(findHolder({ provider, subject }))).length > 0
    },

    async noteUsed(id, now, unlessAfter) {
      await engine.write(noteUsed({ id, now, unless_after: unlessAfter }))
    },
  }
}
