import type { VaultKeyStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { prepare } from './statement.ts'

export function createVaultKeyStore(engine: Engine): VaultKeyStore {
  const db = engine.compiler

  const list = prepare()(() =>
    db.selectFrom('vault_keys').select(['id', 'generation', 'wrapped', 'created_at']).orderBy('generation'),
  )

  // Its id or its generation: either is unique, and either is a reason not to.
  const add = prepare<{ id: string; generation: number; wrapped: string; created_at: number }>()((argument) =>
    db
      .insertInto('vault_keys')
      .values({
        id: argument('id'),
        generation: argument('generation'),
        wrapped: argument('wrapped'),
        created_at: argument('created_at'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  )

  const findUse = prepare<{ key_id: string }>()((argument) =>
    db
      .selectFrom('connections')
      .select('id')
      .where('key_id', '=', argument('key_id'))
      .unionAll(db.selectFrom('quarantine').select('id').where('key_id', '=', argument('key_id')))
      .limit(1),
  )

  const remove = prepare<{ id: string }>()((argument) =>
    db
      .deleteFrom('vault_keys')
      .where('id', '=', argument('id'))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('vault_keys as later')
            .select('later.id')
            .whereRef('later.generation', '>', 'vault_keys.generation'),
        ),
      ),
  )

  return {
    async list() {
      return (await engine.read(list({}))).map(({ created_at: createdAt, ...key }) => ({ ...key, createdAt }))
    },

    async add({ id, generation, wrapped, createdAt }) {
      return (await engine.write(add({ id, generation, wrapped, created_at: createdAt }))).changes === 1
    },

    remove: (id, keyIds) =>
      engine.transaction(function* () {
        for (const keyId of keyIds) {
          if ((yield* run(findUse({ key_id: keyId }))).rows.length > 0) return { rollback: false }
        }
        const { changes } = yield* run(remove({ id }))
        return { commit: changes === 1 }
      }),
  }
}
