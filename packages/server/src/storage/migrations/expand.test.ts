import { describe, expect, it } from 'vitest'
import { bareKey } from '../conformance/subject.ts'
import { createSigningKeyStore } from '../sql/signing-keys.ts'
import { plain } from '../sql/statement.ts'
import { schemaDialect } from '../sqlite/dialect.ts'
import { createEngine } from '../sqlite/engine.ts'
import { inMemory, openDatabase } from '../sqlite/open.ts'
import { migrations } from './index.ts'
import { createSchema } from './migrate.ts'

const impatient = { attempts: 1, pause: async () => {} }
const clock = { now: () => 0 }

interface Column {
  place: string
  type: string
  required: number
}

const listColumns = plain<Column>(
  `select tables.name || '.' || columns.name as place, columns.type,
      columns."notnull" and columns.dflt_value is null as required
    from sqlite_schema as tables, pragma_table_info(tables.name) as columns
    where tables.type = 'table' order by place`,
  true,
)

const listUnique = plain<{ place: string }>(
  `select tables.name || '.' || group_concat(columns.name) as place
    from sqlite_schema as tables, pragma_index_list(tables.name) as indexes, pragma_index_info(indexes.name) as columns
    where tables.type = 'table' and indexes."unique" group by indexes.name order by place`,
  true,
)

/** A database as the first `version` migrations leave it. */
async function at(version: number) {
  const engine = createEngine(await openDatabase(inMemory, 'normal', impatient), impatient)
  const migrate = (to: number) =>
    createSchema(engine, schemaDialect, migrations.slice(0, to), clock).migrate()
  await migrate(version)
  return { engine, migrate }
}

describe('A migration that only expands', () => {
  const expanding = migrations.filter(
    ({ version, oldestCode }) => version > 1 && oldestCode === migrations[version - 2]?.oldestCode,
  )

  it.each(expanding)(
    'leaves all that the version before it reads and writes: $version $name',
    async ({ version }) => {
      const { engine, migrate } = await at(version - 1)
      const before = await engine.read(listColumns)
      const tables = new Set(before.map(({ place }) => place.split('.')[0]))
      const uniqueBefore = await engine.read(listUnique)
      await migrate(version)
      const after = await engine.read(listColumns)
      expect(after).toEqual(expect.arrayContaining(before))
      const known = new Set(before.map(({ place }) => place))
      const ofOldTables = ({ place }: { place: string }) => tables.has(place.split('.')[0])
      // An INSERT that does not know of a new column goes through, and no new rule stops it.
      expect(
        after.filter((column) => ofOldTables(column) && !known.has(column.place) && column.required),
      ).toEqual([])
      expect((await engine.read(listUnique)).filter(ofOldTables)).toEqual(uniqueBefore)
    },
  )

  it('keeps the keys of the version before, and takes those that it adds afterwards', async () => {
    const { engine, migrate } = await at(1)
    const insert = (kid: string, generation: number) =>
      plain(`insert into signing_keys
          (kid, algorithm, public_jwk, sealed_private_jwk, created_at, activated_at, retired_at, generation)
        values ('${kid}', 'ES256', '{"kty":"EC"}', 'sealed', 7, null, null, ${generation})`)
    await engine.write(insert('before', 1))
    await migrate(migrations.length)
    await engine.write(insert('after', 2))
    const keys = ['before', 'after'].map((kid) => ({ ...bareKey(), kid, createdAt: 7 }))
    expect(await createSigningKeyStore(engine).list()).toStrictEqual(keys)
  })
})
