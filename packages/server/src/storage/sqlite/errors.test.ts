import { describe, expect, it } from 'vitest'
import { StorageError } from '../contract.ts'
import { isBusy, isOwnFault, toStorageError } from './errors.ts'

const sqliteError = (errcode: number) =>
  Object.assign(new Error('raw'), { code: 'ERR_SQLITE_ERROR', errcode })
const nodeError = (code: string) => Object.assign(new TypeError('raw'), { code })

describe('what SQLite says, in the words of the contract', () => {
  it.each([
    ['SQLITE_CONSTRAINT_UNIQUE', 2067, 'duplicate'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 1555, 'duplicate'],
    ['SQLITE_CONSTRAINT_ROWID', 2579, 'duplicate'],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', 787, 'constraint'],
    ['SQLITE_CONSTRAINT_NOTNULL', 1299, 'constraint'],
    ['SQLITE_CONSTRAINT_DATATYPE', 3091, 'constraint'],
    ['SQLITE_MISMATCH', 20, 'constraint'],
    ['SQLITE_TOOBIG', 18, 'constraint'],
    ['SQLITE_ERROR', 1, 'schema_too_old'],
    ['SQLITE_CORRUPT', 11, 'corrupt'],
    ['SQLITE_CORRUPT_INDEX', 779, 'corrupt'],
    ['SQLITE_NOTADB', 26, 'corrupt'],
    ['SQLITE_BUSY', 5, 'unavailable'],
    ['SQLITE_BUSY_RECOVERY', 261, 'unavailable'],
    ['SQLITE_LOCKED', 6, 'unavailable'],
    ['SQLITE_PROTOCOL', 15, 'unavailable'],
    ['SQLITE_READONLY', 8, 'unavailable'],
    ['SQLITE_FULL', 13, 'unavailable'],
    ['SQLITE_CANTOPEN', 14, 'unavailable'],
    ['SQLITE_IOERR_FSYNC', 1034, 'unavailable'],
    ['SQLITE_NOMEM', 7, 'unavailable'],
  ])('%s (%i) is %s', (_, errcode, code) => {
    const cause = sqliteError(errcode)
    expect(toStorageError(cause)).toMatchObject({ name: 'StorageError', code, cause })
  })

  it('a value that cannot be bound breaks a rule; a closed database is unavailable; so is the unknown', () => {
    expect(toStorageError(nodeError('ERR_INVALID_ARG_TYPE')).code).toBe('constraint')
    expect(toStorageError(nodeError('ERR_INVALID_STATE')).code).toBe('unavailable')
    expect(toStorageError(new Error('?')).code).toBe('unavailable')
    expect(toStorageError('?').code).toBe('unavailable')
  })

  it('a storage error stays what it is', () => {
    const error = new StorageError('corrupt', 'text')
    expect(toStorageError(error)).toBe(error)
  })

  it.each([5, 6, 15, 261, 517])('%i is worth another try', (errcode) => {
    expect(isBusy(sqliteError(errcode))).toBe(true)
  })

  it.each([1, 11, 13, 19, 10])('%i is not', (errcode) => {
    expect(isBusy(sqliteError(errcode))).toBe(false)
  })

  it.each([1, 18, 20, 2067, 787])('%i leaves the transaction alone', (errcode) => {
    expect(isOwnFault(sqliteError(errcode))).toBe(true)
  })

  it.each([5, 7, 9, 10, 11, 13, 26])('%i may have ended the transaction', (errcode) => {
    expect(isOwnFault(sqliteError(errcode))).toBe(false)
  })

  it('an error of another making leaves the transaction alone', () => {
    expect(isBusy(nodeError('ERR_INVALID_ARG_TYPE'))).toBe(false)
    expect(isOwnFault(nodeError('ERR_INVALID_ARG_TYPE'))).toBe(true)
    expect(isOwnFault(new StorageError('corrupt', 'text'))).toBe(true)
  })
})
