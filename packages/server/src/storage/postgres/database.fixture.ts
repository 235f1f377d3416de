import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { hasBinaries } from './binaries.fixture.ts'
import { startPostgres } from './server.fixture.ts'

/** An empty database of a test's own. */
export interface TestDatabase {
  url: string
  /** Beside whoever uses it, on a connection of its own; several statements where there are no values. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Ends who is still connected. */
  drop(): Promise<void>
}

/** Of a superuser, whose server has the extensions that come with PostgreSQL. */
const given = process.env.LATCHKEY_TEST_POSTGRES

/** Whether `createDatabase` can work here. Where it cannot, say `howToGetPostgres` and skip. */
export const hasPostgres = given !== undefined || hasBinaries

export const howToGetPostgres =
  'skipped: no PostgreSQL. npm has one for Linux; elsewhere name one in LATCHKEY_TEST_POSTGRES (postgres://…)'

/** The files of a worker share a process (`isolate: false`), and this with it. */
let shared: Promise<string> | undefined

const sharedUrl = (): Promise<string> => {
  shared ??= given === undefined ? startPostgres().then(({ url }) => url) : Promise.resolve(given)
  return shared
}

/** @param url of a server; default: the one that `LATCHKEY_TEST_POSTGRES` names, else one for all files of a worker */
export async function createDatabase(url?: string): Promise<TestDatabase> {
  const server = url ?? (await sharedUrl())
  const name = `latchkey_test_${randomBytes(8).toString('hex')}`
  await query(server, `create database ${name} template template0`)
  const database = new URL(server)
  database.pathname = name
  return {
    url: database.href,
    query: (text, values) => query(database.href, text, values),
    async drop() {
      await query(server, `drop database ${name} with (force)`)
    },
  }
}

async function query(url: string, text: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: url,
    types: {
      getTypeParser: (id, format) =>
        id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format),
    },
  })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
