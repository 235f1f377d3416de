import { describe, expect, it } from 'vitest'
import { createWords, methodLabel, statusClass } from './words.ts'

describe('labels', () => {
  it('are words of ours, and only so many', () => {
    const word = createWords()
    expect(['invalid_grant', 'user.signed_in', 'ok'].map(word)).toEqual([
      'invalid_grant',
      'user.signed_in',
      'ok',
    ])
    expect(['', 'A b', 'né', 'x'.repeat(65), 'a"b', 'a\nb', 'Somebody@example.com'].map(word)).toEqual(
      Array.from({ length: 7 }, () => 'other'),
    )
    const many = new Set(Array.from({ length: 1_000 }, (_, index) => word(`word_${index}`)))
    expect(many.size).toBe(98)
    expect(word('ok')).toBe('ok')
  })

  it.each([
    [200, '2xx'],
    [303, '3xx'],
    [599, '5xx'],
    [0, 'other'],
    [600, 'other'],
  ])('status %i is %s', (status, expected) => {
    expect(statusClass(status)).toBe(expected)
  })

  it.each([
    ['GET', 'GET'],
    ['OPTIONS', 'OPTIONS'],
    ['PROPFIND', 'other'],
    ['get', 'other'],
  ])('method %s is %s', (method, expected) => {
    expect(methodLabel(method)).toBe(expected)
  })
})
