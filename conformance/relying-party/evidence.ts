import type { FakeProvider, RequestPoint } from '@latchkey/testing'
import type { Running } from '../support/latchkey.ts'

export type Rows = Record<'users' | 'identities' | 'sessions' | 'codes', number>

type Database = Pick<Running, 'storage'>

/** The rows that stand for somebody who was let in. */
export async function countRows({ storage }: Database): Promise<Rows> {
  const [counted] = await storage.query(`select (select count(*) from users) as users,
    (select count(*) from identities) as identities,
    (select count(*) from sessions) as sessions,
    (select count(*) from one_time where kind = 'code') as codes`)
  const { users, identities, sessions, codes } = counted ?? {}
  return {
    users: Number(users),
    identities: Number(identities),
    sessions: Number(sessions),
    codes: Number(codes),
  }
}

/** The accounts of one issuer that have signed in. */
export async function subjectsOf({ storage }: Database, issuer: string): Promise<string[]> {
  const rows = await storage.query('select subject from identities where issuer = ?', issuer)
  return rows.map(({ subject }) => String(subject))
}

/** How many one-time things of whatever kind are stored. */
export async function countOneTime({ storage }: Database): Promise<number> {
  const [counted] = await storage.query('select count(*) as n from one_time')
  return Number(counted?.n)
}

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
