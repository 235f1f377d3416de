import { sql } from 'kysely'
import type { SigningKeyStore, StoredSigningKey } from '../contract.ts'
import type { Engine } from './engine.ts'
import { type Argument, prepare } from './statement.ts'

const columns = [
  'kid',
  'algorithm',
  'public_jwk',
  'sealed_private_jwk',
  'created_at',
  'activated_at',
  'retired_at',
  'last_expires_at',
] as const

interface KeyRow {
  kid: string
  algorithm: string
  public_jwk: string
  sealed_private_jwk: string
  created_at: number
  activated_at: number | null
  retired_at: number | null
  last_expires_at: number | null
}

export function createSigningKeyStore(engine: Engine): SigningKeyStore {
  const db = engine.compiler

  const list = prepare()(() =>
    db.selectFrom('signing_keys').select(columns).orderBy('algorithm').orderBy('generation'),
  )

  const reseal = prepare<{ kid: string; from: string; to: string }>()((argument) =>
    db
      .updateTable('signing_keys')
      .set({ sealed_private_jwk: argument('to') })
      .where('kid', '=', argument('kid'))
      .where('sealed_private_jwk', '=', argument('from')),
  )

  // The unique (algorithm, generation) decides where writers run side by side; the condition where the
  // first generation has been deleted already.
  const addFirst = prepare<KeyRow>()((argument) =>
    db
      .insertInto('signing_keys')
      .columns([...columns, 'generation'])
      .expression(
        db
          .selectNoFrom([
            ...columns.map((column) => argument(column).as(column)),
            sql.lit(1).as('generation'),
          ])
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('signing_keys as other')
                  .select('other.kid')
                  .where('other.algorithm', '=', argument('algorithm')),
              ),
            ),
          ),
      )
      .onConflict((conflict) => conflict.columns(['algorithm', 'generation']).doNothing()),
  )

  // Decided as for the first key. The condition would do without the unique pair wherever writers are one after the other.
  const addNext = prepare<KeyRow & { after: string }>()((argument) =>
    db
      .insertInto('signing_keys')
      .columns([...columns, 'generation'])
      .expression(
        db
          .selectFrom('signing_keys as newest')
          .select((eb) => [
            ...columns.map((column) => argument(column).as(column)),
            eb('newest.generation', '+', 1).as('generation'),
          ])
          .where('newest.kid', '=', argument('after'))
          .where('newest.algorithm', '=', argument('algorithm'))
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('signing_keys as later')
                  .select('later.kid')
                  .where('later.algorithm', '=', argument('algorithm'))
                  .whereRef('later.generation', '>', 'newest.generation'),
              ),
            ),
          ),
      )
      .onConflict((conflict) => conflict.columns(['algorithm', 'generation']).doNothing()),
  )

  const fresh = (argument: Argument<{ kid: string; now: number }>) =>
    db
      .selectFrom('signing_keys as fresh')
      .where('fresh.kid', '=', argument('kid'))
      .where('fresh.activated_at', 'is', null)
      .where('fresh.retired_at', 'is', null)

  // What decides is in the rows that it writes, and `generation` never changes: where writers run side by side, one
  // that had to wait for another looks at its rows again.
  const activate = prepare<{ kid: string; now: number }>()((argument) =>
    db
      .updateTable('signing_keys')
      .set((eb) => ({
        activated_at: eb
          .case()
          .when('kid', '=', argument('kid'))
          .then(argument('now'))
          .else(eb.ref('activated_at'))
          .end(),
        retired_at: eb
          .case()
          .when('kid', '=', argument('kid'))
          .then(null)
          // Said outright: nothing else here tells an engine with types which one this is.
          .else(eb.cast<number>(argument('now'), 'bigint'))
          .end(),
      }))
      .where('algorithm', '=', fresh(argument).select('fresh.algorithm'))
      .where('generation', '<=', fresh(argument).select('fresh.generation'))
      .where('retired_at', 'is', null)
      .where((eb) => eb.or([eb('kid', '!=', argument('kid')), eb('activated_at', 'is', null)]))
      .returning('kid'),
  )

  const noteUse = prepare<{ kid: string; expires_at: number }>()((argument) =>
    db
      .updateTable('signing_keys')
      .set((eb) => ({
        last_expires_at: eb
          .case()
          .when('last_expires_at', '>', argument('expires_at'))
          .then(eb.ref('last_expires_at'))
          .else(argument('expires_at'))
          .end(),
      }))
      .where('kid', '=', argument('kid')),
  )

  const retire = prepare<{ kid: string; now: number }>()((argument) =>
    db
      .updateTable('signing_keys')
      .set({ retired_at: argument('now') })
      .where('kid', '=', argument('kid'))
      .where('retired_at', 'is', null),
  )

  const remove = prepare<{ kid: string; before: number }>()((argument) =>
    db
      .deleteFrom('signing_keys')
      .where('kid', '=', argument('kid'))
      .where('retired_at', '<=', argument('before'))
      .where((eb) =>
        eb.or([eb('last_expires_at', 'is', null), eb('last_expires_at', '<=', argument('before'))]),
      ),
  )

  return {
    async reseal(kid, from, to) {
      return (await engine.write(reseal({ kid, from, to }))).changes === 1
    },

    async list() {
      return (await engine.read(list({}))).map(toKey)
    },

    async addFirst(key) {
      return (await engine.write(addFirst(toRow(key)))).changes === 1
    },

    async addNext(key, after) {
      return (await engine.write(addNext({ ...toRow(key), after }))).changes === 1
    },

    async activate(kid, now) {
      const { rows } = await engine.write(activate({ kid, now }))
      return rows.some((row) => row.kid === kid)
    },

    async noteUse(kid, expiresAt) {
      return (await engine.write(noteUse({ kid, expires_at: expiresAt }))).changes === 1
    },

    async retire(kid, now) {
      return (await engine.write(retire({ kid, now }))).changes === 1
    },

    async remove(kid, before) {
      return (await engine.write(remove({ kid, before }))).changes === 1
    },
  }
}

const toRow = (key: StoredSigningKey): KeyRow => ({
  kid: key.kid,
  algorithm: key.algorithm,
  public_jwk: key.publicJwk,
  sealed_private_jwk: key.sealedPrivateJwk,
  created_at: key.createdAt,
  activated_at: key.activatedAt ?? null,
  retired_at: key.retiredAt ?? null,
  last_expires_at: key.lastExpiresAt ?? null,
})

const toKey = (row: KeyRow): StoredSigningKey => ({
  kid: row.kid,
  algorithm: row.algorithm,
  publicJwk: row.public_jwk,
  sealedPrivateJwk: row.sealed_private_jwk,
  createdAt: row.created_at,
  ...(row.activated_at !== null && { activatedAt: row.activated_at }),
  ...(row.retired_at !== null && { retiredAt: row.retired_at }),
  ...(row.last_expires_at !== null && { lastExpiresAt: row.last_expires_at }),
})
