import { DatabaseSync } from 'node:sqlite'
import type { FakeProvider, RequestPoint } from '@latchkey/testing'
import type { Running } from '../support/latchkey.ts'

const tables = {
  users: 'select count(*) as n from users',
  identities: 'select count(*) as n from identities',
  sessions: 'select count(*) as n from sessions',
  codes: "select count(*) as n from one_time where kind = 'code'",
}

export type Rows = Record<keyof typeof tables, number>

type Database = Pick<Running, 'databaseFile'>

/** Looks into the database beside the running server. */
function look<T>({ databaseFile }: Database, read: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(databaseFile, { readOnly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}

/** The rows that stand for somebody who was let in. */
export function countRows(server: Database): Rows {
  return look(server, (database) => {
    const count = (sql: string): number => Number(database.prepare(sql).get()?.n)
    return {
      users: count(tables.users),
      identities: count(tables.identities),
      sessions: count(tables.sessions),
      codes: count(tables.codes),
    }
  })
}

/** The accounts of one issuer that have signed in. */
export const subjectsOf = (server: Database, issuer: string): string[] =>
  look(server, (database) =>
    database
      .prepare('select subject from identities where issuer = ?')
      .all(issuer)
      .map(({ subject }) => String(subject)),
  )

/** How many one-time things of whatever kind are stored. */
export const countOneTime = (server: Database): number =>
  look(server, (database) => Number(database.prepare('select count(*) as n from one_time').get()?.n))

/** How often each endpoint of a provider was asked. */
export function visits(provider: FakeProvider): Partial<Record<RequestPoint, number>> {
  const counted: Partial<Record<RequestPoint, number>> = {}
  for (const { point } of provider.requests) counted[point] = (counted[point] ?? 0) + 1
  return counted
}

/** Why a request went wrong, by the server's own log: the first word of `detail`. */
export function reasonLogged(server: Pick<Running, 'logs'>, requestId: string): string | undefined {
  for (const line of server.logs.toReversed()) {
    if (!line.includes(requestId)) continue
    const entry: unknown = JSON.parse(line)
    if (typeof entry === 'object' && entry !== null && 'detail' in entry) {
      return String(entry.detail).split(':')[0]
    }
  }
  return undefined
}
