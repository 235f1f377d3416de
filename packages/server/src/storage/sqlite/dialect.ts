import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SchemaDialect } from '../migrations/migration.ts'
import type { Tables } from '../sql/tables.ts'

/** Builds and compiles SQLite's SQL. It executes nothing: every statement goes through the engine's group commit. */
export const createCompiler = (): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })

export const schemaDialect: SchemaDialect = {
  text: 'text',
  time: 'integer',
  count: 'integer',
  flag: 'integer',
  // STRICT: a value of the wrong type is refused, not kept as it comes.
  tableOptions: 'strict',
  busyTableOptions: 'strict',
  listTables:
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
}
