import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStorage, type Storage } from '../storage/index.ts'
import { watchedStorage } from './watched-storage.ts'

let storage: Storage
let stored: [operation: string, errorCode?: string][]
beforeEach(async () => {
  stored = []
  const opened = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  storage = watchedStorage(opened, (operation, ms, errorCode) => {
    expect(ms).toBeGreaterThanOrEqual(0)
    stored.push(errorCode === undefined ? [operation] : [operation, errorCode])
  })
  await storage.migrate()
})
afterEach(() => storage.close())

it('names each operation, and hands on what it gives', async () => {
  await storage.ping()
  const thing = { kind: 'code', key: 'k', value: 'v', expiresAt: 2 } as const
  await storage.oneTime.issue(thing)
  expect(await storage.oneTime.consumeOnce(thing, 1)).toEqual({ outcome: 'consumed', value: 'v' })
  expect(await storage.sweep(3, 10)).toBe(1)
  expect(stored).toEqual([['ping'], ['one_time.issue'], ['one_time.consume_once'], ['sweep']])
})

it('tells the code of a failure, and hands it on', async () => {
  const thing = { kind: 'code', key: 'k', value: 'v', expiresAt: 2 } as const
  await storage.oneTime.issue(thing)
  await expect(storage.oneTime.issue(thing)).rejects.toMatchObject({ code: 'duplicate' })
  await storage.close()
  await expect(storage.users.find('usr_1')).rejects.toMatchObject({ code: 'unavailable' })
  expect(stored.slice(1)).toEqual([
    ['one_time.issue', 'duplicate'],
    ['users.find', 'unavailable'],
  ])
})
