import { isAbsolute, resolve } from 'node:path'
import type { Complaint } from './complaint.ts'
import { isLoopbackHost } from './hosts.ts'
import type { StorageConfig } from './types.ts'

type PostgresConfig = Extract<StorageConfig, { engine: 'postgres' }>

const example = 'write postgres://user:password@db.example.com/latchkey?sslmode=verify-full'
const files = ['sslrootcert', 'sslcert', 'sslkey'] as const
const options: readonly string[] = ['host', 'user', 'sslmode', 'application_name', 'pool', ...files]
/** libpq's `require` and `verify-ca` do not look at who answers; here all three do. */
const withTls = ['require', 'verify-ca', 'verify-full']
const poolSize = { default: 10, most: 200 }

export const isPostgres = (value: string): boolean => /^postgres(?:ql)?:/.test(value)

/** A URL as libpq and everything around PostgreSQL takes it, as far as it says who answers and how it is protected. */
export function parsePostgres(value: string): { storage: PostgresConfig } | { complaint: Complaint } {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const complaint = url === undefined ? notOne : findComplaint(url)
  if (url === undefined || complaint !== undefined) return { complaint: complaint ?? notOne }
  const size = Number(url.searchParams.get('pool') ?? poolSize.default)
  url.searchParams.delete('pool')
  const mode = url.searchParams.get('sslmode')
  if (mode !== null && withTls.includes(mode)) url.searchParams.set('sslmode', 'verify-full')
  return { storage: { engine: 'postgres', url: url.href, size } }
}

const notOne: Complaint = { problem: 'is not a URL of a PostgreSQL database', remedy: example }

function findComplaint({ host, hostname, pathname, searchParams }: URL): Complaint | undefined {
  const names = [...searchParams.keys()]
  if (names.some((name) => !options.includes(name)) || new Set(names).size < names.length) {
    return {
      problem: 'has an unknown option behind "?", or one twice',
      remedy: `the options are ${options.join(', ')}`,
    }
  }
  if (!/^\/[^/]+$/.test(pathname)) return { problem: 'names no database', remedy: example }
  const socket = searchParams.get('host')
  if (socket !== null && (host !== '' || !isAbsolute(socket))) {
    return {
      problem: 'has an option "host" that is not the folder of a socket, or a host besides',
      remedy: 'write postgres:///latchkey?host=/var/run/postgresql&user=latchkey, or a host before the path',
    }
  }
  if (host === '' && socket === null) return { problem: 'names no host', remedy: example }
  if (host.includes(',')) {
    return {
      problem: 'names several hosts',
      remedy: 'name one, or a pooler or address that leads to the primary',
    }
  }
  const size = searchParams.get('pool')
  if (size !== null && !(/^[1-9]\d{0,2}$/.test(size) && Number(size) <= poolSize.most)) {
    return { problem: 'has no such "pool"', remedy: `use a number of connections from 1 to ${poolSize.most}` }
  }
  const mode = searchParams.get('sslmode')
  if (mode === null && socket === null && !isLoopbackHost(hostname)) {
    return {
      problem: 'does not say how the way to another machine is protected',
      remedy: 'add ?sslmode=verify-full, or ?sslmode=disable where nobody else is on the network',
    }
  }
  if (mode !== null && mode !== 'disable' && !withTls.includes(mode)) {
    return {
      problem: 'has an "sslmode" that does not check who answers',
      remedy: 'use verify-full, with sslrootcert=FILE for a certificate authority of your own, or disable',
    }
  }
  return undefined
}

/** Its files relative to the folder of the configuration file. */
export function locatePostgres(storage: PostgresConfig, baseDir: string): PostgresConfig {
  const url = new URL(storage.url)
  for (const name of files) {
    const file = url.searchParams.get(name)
    if (file !== null) url.searchParams.set(name, resolve(baseDir, file))
  }
  return { ...storage, url: url.href }
}

/** Passwords, tokens and the keys of every session go over it. */
export function isOpenToTheNetwork({ url }: PostgresConfig): boolean {
  const { hostname, searchParams } = new URL(url)
  return searchParams.get('sslmode') === 'disable' && hostname !== '' && !isLoopbackHost(hostname)
}
