import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { StorageError } from '../contract.ts'
import { isCollision, isOwnFault, isStarting, toStorageError } from './errors.ts'

/** As the driver makes it of what the server says. */
function said(code: string, details: Partial<pg.DatabaseError> = {}): pg.DatabaseError {
  const error = new pg.DatabaseError('what the server says', 20, 'error')
  return Object.assign(error, { code, severity: 'ERROR', ...details })
}

const fromSystem = (code: string): Error => Object.assign(new Error('system'), { code })

describe('what PostgreSQL says becomes', () => {
  it.each([
    ['23505', 'duplicate'],
    ['23503', 'constraint'],
    ['23502', 'constraint'],
    // A NUL in a text; a number that is none.
    ['22021', 'constraint'],
    ['22P02', 'constraint'],
    ['42P01', 'schema_too_old'],
    ['42703', 'schema_too_old'],
    ['42501', 'unavailable'],
    ['25006', 'unavailable'],
    ['28P01', 'unavailable'],
    ['3D000', 'unavailable'],
    ['40001', 'unavailable'],
    ['40P01', 'unavailable'],
    ['53300', 'unavailable'],
    ['57014', 'unavailable'],
    ['57P01', 'unavailable'],
    ['XX001', 'corrupt'],
    ['99999', 'unavailable'],
  ])('%s: %s', (state, code) => {
    expect(toStorageError(said(state))).toMatchObject({ name: 'StorageError', code })
  })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'])('%s: unavailable', (code) => {
    expect(toStorageError(fromSystem(code))).toMatchObject({ code: 'unavailable' })
  })

  it('what is one already stays', () => {
    const error = new StorageError('corrupt', 'x')
    expect(toStorageError(error)).toBe(error)
  })
})

it('X06: neither the error nor its cause holds a value', () => {
  const details = {
    detail: 'Key (subject)=(canary) exists',
    where: 'canary',
    hint: 'canary',
    internalQuery: 'canary',
  }
  const error = toStorageError(said('23505', details))
  expect(
    JSON.stringify([error, error.message, error.cause, Object.entries(error.cause ?? {})]),
  ).not.toContain('canary')
})

it.each([
  ['23505', true],
  ['22021', true],
  ['40P01', true],
  ['42P01', true],
  ['25006', false],
  ['57P01', false],
  ['53300', false],
  ['XX001', false],
])('after %s the connection is as good as before: %s', (state, good) => {
  expect(isOwnFault(said(state))).toBe(good)
})

it('only what was undone because of others is begun anew', () => {
  const states = ['40001', '40P01', '40003', '23505', '57P01', '57014']
  expect(states.filter((state) => isCollision(said(state)))).toEqual(['40001', '40P01'])
  expect(isCollision(fromSystem('40001'))).toBe(false)
})

it('who does not answer yet may be starting, who refuses is not', () => {
  const starting = [
    said('57P03'),
    fromSystem('ECONNREFUSED'),
    fromSystem('ENOTFOUND'),
    new Error('took too long'),
  ]
  expect(starting.map((error) => isStarting(toStorageError(error)))).toEqual([true, true, true, true])
  const refusing = [said('28P01'), said('3D000'), fromSystem('DEPTH_ZERO_SELF_SIGNED_CERT')]
  expect(refusing.map((error) => isStarting(toStorageError(error)))).toEqual([false, false, false])
  expect(isStarting(new StorageError('corrupt', 'the tables are not ours'))).toBe(false)
})
