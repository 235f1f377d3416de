import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../logging.ts'
import { createInsuredWindows } from './insured.ts'
import { createMemoryWindows } from './memory.ts'
import { hasRedis, howToGetRedis, type RedisServer, startRedis } from './redis.fixture.ts'
import { openRedisWindows } from './redis.ts'
import type { Windows } from './windows.ts'

it('says what to install where ioredis is missing', async () => {
  const missing = async () => {
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
  }
  await expect(openRedisWindows('redis://127.0.0.1', 'test', missing)).rejects.toMatchObject({
    code: 'missing_package',
    message: expect.stringContaining('npm install ioredis'),
  })
})

if (!hasRedis()) process.stderr.write(`${howToGetRedis}\n`)

describe.skipIf(!hasRedis())('X03 counters in Redis (skipped where there is none)', () => {
  let redis: RedisServer
  let one: Windows
  let another: Windows
  let stranger: Windows
  beforeAll(async () => {
    redis = await startRedis()
    ;[one, another, stranger] = await Promise.all([
      openRedisWindows(redis.url, 'latchkey https://auth.example.com'),
      openRedisWindows(redis.url, 'latchkey https://auth.example.com'),
      openRedisWindows(redis.url, 'latchkey https://other.example.com'),
    ])
  })
  afterAll(async () => {
    for (const each of [one, another, stranger]) await each?.close()
    await redis?.close()
  })

  /** Again, in the background. */
  async function connected(windows: Windows): Promise<void> {
    const answers = async () => {
      try {
        await windows.add('probe')
        return true
      } catch {
        return false
      }
    }
    await expect.poll(answers).toBe(true)
  }

  it('X03 are one for all processes of an installation, and none of another one’s', async () => {
    const counted = [await one.add('a'), await another.add('a'), await one.add('a'), await stranger.add('a')]
    expect(counted.map(({ count }) => count)).toEqual([1, 2, 3, 1])
    for (const { endsInMs } of counted) {
      expect(endsInMs).toBeGreaterThan(0)
      expect(endsInMs).toBeLessThanOrEqual(60_000)
    }
  })

  it('X03 lose none of many at once', async () => {
    const all = Array.from({ length: 50 }, async (_, index) => (index % 2 === 0 ? one : another).add('b'))
    const counts = (await Promise.all(all)).map(({ count }) => count)
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })

  it('X03 are this process’s own while Redis is gone, and Redis’s again afterwards', async () => {
    const clock = { time: 1_000_000, now: () => clock.time }
    const lines: { level: string }[] = []
    const insured = createInsuredWindows(one, {
      // A machine that is busy is no Redis that is gone.
      ...{ own: createMemoryWindows(clock), clock, patienceMs: 20_000 },
      logger: createLogger({ destination: { write: (line) => void lines.push(JSON.parse(line)) } }),
    })
    const count = async () => (await insured.add('c')).count
    expect([await count(), await count()]).toEqual([1, 2])
    await redis.kill()
    expect([await count(), await count()]).toEqual([1, 2])
    await redis.restart()
    await connected(one)
    clock.time += 5_000
    expect([await count(), await count()]).toEqual([1, 2])
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'info'])
  })
})
