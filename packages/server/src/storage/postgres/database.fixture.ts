import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { hasBinaries } from './binaries.fixture.ts'
import { startPostgres } from './server.fixture.ts'

/** An empty database of a test's own. */
export interface TestDatabase {
  url: string
  /** Ends who is still connected. */
  drop(): Promise<void>
}

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
  await run(server, `create database ${name} template template0`)
  const database = new URL(server)
  database.pathname = name
  return { url: database.href, drop: () => run(server, `drop database ${name} with (force)`) }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
