import { sql } from 'kysely'
import type { SigningKeyStore, StoredSigningKey } from '../contract.ts'
import type { Engine } from './engine.ts'
import { prepare } from './statement.ts'

const columns = [
  'kid',
  'algorithm',
  'public_jwk',
  'sealed_private_jwk',
  'created_at',
  'activated_at',
  'retired_at',
] as const

interface KeyRow {
  kid: string
  algorithm: string
  public_jwk: string
  sealed_private_jwk: string
  created_at: number
  activated_at: number | null
  retired_at: number | null
}

export function createSigningKeyStore(engine: Engine): SigningKeyStore {
  const db = engine.compiler

  const list = prepare()(() =>
    db.selectFrom('signing_keys').select(columns).orderBy('created_at').orderBy('kid'),
  )

  // The unique (algorithm, generation) decides where writers are not serialised; the condition where the
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

  return {
    async list() {
      return (await engine.read(list({}))).map(toKey)
    },

    async addFirst(key) {
      return (await engine.write(addFirst(toRow(key)))).changes === 1
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
})

const toKey = (row: KeyRow): StoredSigningKey => ({
  kid: row.kid,
  algorithm: row.algorithm,
  publicJwk: row.public_jwk,
  sealedPrivateJwk: row.sealed_private_jwk,
  createdAt: row.created_at,
  ...(row.activated_at !== null && { activatedAt: row.activated_at }),
  ...(row.retired_at !== null && { retiredAt: row.retired_at }),
})
