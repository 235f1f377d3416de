import { describe, expect, test } from 'vitest'
import { createEndedSessions } from './ended.ts'

describe('S13 ended sessions', () => {
  test('are remembered until nothing of them can be alive', () => {
    const sessions = createEndedSessions(10)
    sessions.add('a', 1_000)
    sessions.add('b', 2_000)
    sessions.forget(999)
    expect([sessions.has('a'), sessions.has('b'), sessions.size()]).toEqual([true, true, 2])
    sessions.forget(1_000)
    expect([sessions.has('a'), sessions.has('b'), sessions.size()]).toEqual([false, true, 1])
    sessions.forget(2_000)
    expect([sessions.size(), sessions.dropped()]).toEqual([0, 0])
  })

  test('that come again stay as they were', () => {
    const sessions = createEndedSessions(10)
    sessions.add('a', 1_000)
    sessions.add('a', 9_000)
    expect(sessions.size()).toBe(1)
    sessions.forget(1_000)
    expect(sessions.has('a')).toBe(false)
  })

  test('that come out of order are forgotten all the same, a little later', () => {
    const sessions = createEndedSessions(10)
    sessions.add('a', 2_000)
    sessions.add('late', 1_000)
    sessions.forget(1_500)
    expect(sessions.size()).toBe(2)
    sessions.forget(2_000)
    expect(sessions.size()).toBe(0)
  })

  test('are never more than allowed: those that ended first go first', () => {
    const sessions = createEndedSessions(3)
    for (let at = 1; at <= 5; at++) sessions.add(`s${at}`, at)
    expect([sessions.size(), sessions.dropped()]).toEqual([3, 2])
    expect(['s1', 's2', 's3', 's4', 's5'].filter(sessions.has)).toEqual(['s3', 's4', 's5'])
  })

  test('10,000 ended sessions a minute for an hour are bounded by how long they matter', () => {
    const sessions = createEndedSessions(1_000_000)
    let largest = 0
    for (let minute = 0; minute < 60; minute++) {
      sessions.forget(minute * 60_000)
      for (let each = 0; each < 10_000; each++) sessions.add(`${minute}-${each}`, (minute + 7) * 60_000)
      largest = Math.max(largest, sessions.size())
    }
    expect(largest).toBe(70_000)
    expect(sessions.dropped()).toBe(0)
  })
})
