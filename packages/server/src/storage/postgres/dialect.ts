import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { SchemaDialect } from '../migrations/migration.ts'
import type { Tables } from '../sql/tables.ts'

/** Builds and compiles PostgreSQL's SQL. It executes nothing: every statement goes through the engine. */
export const createCompiler = (): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })

export const schemaDialect: SchemaDialect = {
  // Bytes, as in SQLite. The order of a locale changes when the C library is updated, and with it what a unique index
  // that was built before it finds: two owners of one identity, for instance.
  text: 'text collate "C"',
  time: 'bigint',
  count: 'bigint',
  flag: 'boolean',
  tableOptions: '',
  // Room in each page for the row's next version, beside the one before: then no index has to hear of it.
  busyTableOptions: 'with (fillfactor = 75)',
  // Until the transaction ends. The number is nobody else's: "latchkey" in ASCII.
  lock: 'select pg_advisory_xact_lock(7809651199139603833)',
  listTables: 'select tablename as name from pg_tables where schemaname = current_schema()',
}
