import { expect, it } from 'vitest'
import { pageOf, readCursor } from './cursor.ts'

const rows = [3, 2, 1].map((createdAt) => ({ createdAt, id: `ses_${createdAt}.x`, more: true }))

it('X04 a page leads to the next, and the last one nowhere', () => {
  const { page, next_cursor: next = '' } = pageOf(rows, 2)
  expect(page).toEqual(rows.slice(0, 2))
  expect(readCursor(next)).toEqual({ createdAt: 2, id: 'ses_2.x' })
  expect(pageOf(rows, 3)).toEqual({ page: rows })
  expect(pageOf([], 3)).toEqual({ page: [] })
})

it.each([
  '',
  'x',
  '!',
  Buffer.from('1').toString('base64url'),
  Buffer.from('x.y').toString('base64url'),
  'MS54=',
])('X12 takes no cursor that it has not given: %j', (cursor) => expect(readCursor(cursor)).toBeUndefined())
