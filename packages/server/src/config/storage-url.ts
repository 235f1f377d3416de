import { resolve } from 'node:path'
import type { Complaint } from './complaint.ts'
import { isPostgres, locatePostgres, parsePostgres } from './postgres-url.ts'
import type { StorageConfig } from './types.ts'

const example =
  'write sqlite:./latchkey.db, sqlite:./latchkey.db?synchronous=normal, or postgres://user@host/database?sslmode=verify-full'

const complain = (problem: string, remedy: string) => ({ complaint: { problem, remedy } })

/** A storage setting before its path is made absolute. */
export function parseStorage(value: string): { storage: StorageConfig } | { complaint: Complaint } {
  if (isPostgres(value)) return parsePostgres(value)
  const found = /^sqlite:([^?]*)(?:\?(.*))?$/s.exec(value)
  if (found === null) return complain('is not a storage URL', example)
  const [, file = '', query = ''] = found
  if (file.trim() === '') return complain('names no file', example)
  if (file.startsWith('//') && !file.startsWith('///')) {
    return complain('has a host, which a file has not', `${example}; an absolute path has one slash or three`)
  }
  const options = new URLSearchParams(query)
  const unknown = [...options.keys()].filter((name) => name !== 'synchronous')
  if (unknown.length > 0)
    return complain(
      'has an unknown option behind "?"',
      'the one option is synchronous=full or synchronous=normal',
    )
  const modes = options.getAll('synchronous')
  const synchronous = modes[0] ?? 'full'
  if (modes.length > 1 || (synchronous !== 'full' && synchronous !== 'normal')) {
    return complain(
      'has no such "synchronous" mode',
      'use full (nothing is lost when the power fails; the default) or normal (faster; the last moments may be)',
    )
  }
  return { storage: { engine: 'sqlite', file, synchronous } }
}

/** Relative to the folder of the configuration file; `:memory:` is no file. */
export function locateStorage(storage: StorageConfig, baseDir: string): StorageConfig {
  if (storage.engine === 'postgres') return locatePostgres(storage, baseDir)
  if (storage.file === ':memory:') return storage
  return { ...storage, file: resolve(baseDir, storage.file.replace(/^\/{3}/, '/')) }
}
