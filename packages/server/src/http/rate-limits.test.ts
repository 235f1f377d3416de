import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { resolveConfig } from '../config/index.ts'
import { ApiError } from '../errors.ts'
import { createLimiter } from '../limits/index.ts'
import { createMemoryWindows } from '../limits/memory.ts'
import { createLogger, silentLogger } from '../logging.ts'
import type { Ctx, Env } from './deps.ts'
import { createRateLimits, type RateLimits } from './rate-limits.ts'

const unauthenticated = () => new ApiError('invalid_client', { status: 401, description: 'no' })

function setUp(rateLimits: false | { token_per_minute?: number; account_per_minute?: number } = {}) {
  const clock = { time: 1_000_000, now: () => clock.time }
  const lines: Record<string, unknown>[] = []
  const config = resolveConfig({ ...testConfig, rate_limits: rateLimits }, { env: {}, baseDir: '/' })
  const limits = createRateLimits(config, {
    limiter: createLimiter({ windows: createMemoryWindows(clock), clock }),
    logger: createLogger({ destination: { write: (line) => void lines.push(JSON.parse(line)) } }),
  })
  return { clock, lines, limits }
}

/** What becomes of a request: the code of the refusal, or `passed`. */
async function outcome(
  work: (c: Ctx) => Promise<unknown>,
  remoteAddress: string | undefined = '198.51.100.7',
  headers: Record<string, string> = {},
): Promise<string> {
  const app = new Hono<Env>()
  app.get('/', async (c) => {
    c.set('logger', silentLogger)
    try {
      await work(c)
      return c.text('passed')
    } catch (error) {
      return c.text(error instanceof ApiError ? error.code : 'thrown')
    }
  })
  return (await app.request('/', { headers }, { remoteAddress })).text()
}

const token = (limits: RateLimits) => (c: Ctx) => limits.count(c, 'token', 'web')
const guessing = (limits: RateLimits) => (c: Ctx) =>
  limits.guard(c, 'web', () => {
    throw unauthenticated()
  })

describe('X03 without the address of the sender', () => {
  it('nothing is limited by address, for the whole world would be one: and the log says so once', async () => {
    const { limits, lines } = setUp({ token_per_minute: 1 })
    for (let index = 0; index < 5; index++) {
      expect(await outcome(token(limits), '')).toBe('passed')
      expect(await outcome(guessing(limits), '')).toBe('invalid_client')
    }
    expect(lines.map(({ level }) => level)).toEqual(['warn'])
  })

  it('accounts have their limit all the same', async () => {
    const { limits } = setUp({ account_per_minute: 1 })
    const own = (c: Ctx) => limits.countUser(c, 'usr_1')
    expect([await outcome(own, ''), await outcome(own, '')]).toEqual(['passed', 'rate_limited'])
  })
})

describe('X03 bad secrets', () => {
  it('are a tenth of the requests, and ten at least', async () => {
    const { limits } = setUp()
    const seen = []
    for (let index = 0; index < 62; index++) seen.push(await outcome(guessing(limits)))
    expect(seen.indexOf('rate_limited')).toBe(60)
    expect(seen.at(-1)).toBe('rate_limited')
    const few = setUp({ token_per_minute: 50 }).limits
    const tried = []
    for (let index = 0; index < 12; index++) tried.push(await outcome(guessing(few)))
    expect(tried.indexOf('rate_limited')).toBe(10)
  })

  it('count for the id that they were tried with', async () => {
    const { limits } = setUp({ token_per_minute: 1 })
    await outcome(guessing(limits))
    await outcome(guessing(limits))
    expect(await outcome((c) => limits.guard(c, 'web', () => 'right'))).toBe('rate_limited')
    expect(await outcome((c) => limits.guard(c, undefined, () => 'right'))).toBe('passed')
    expect(await outcome((c) => limits.guard(c, 'web', () => 'right'), '198.51.100.8')).toBe('passed')
  })

  it('are what fails to prove anything: other failures are none', async () => {
    const { limits } = setUp({ token_per_minute: 1 })
    const failing = (c: Ctx) =>
      limits.guard(c, 'web', () => {
        throw new Error('the database is out')
      })
    for (let index = 0; index < 5; index++) expect(await outcome(failing)).toBe('thrown')
  })
})

it('X02 a proxy that is not listed is told of once, and nobody outside can make it be', async () => {
  const { limits, lines } = setUp()
  const headers = { 'X-Forwarded-For': '203.0.113.1' }
  await outcome(token(limits), '8.8.8.8', headers)
  expect(lines).toEqual([])
  await outcome(token(limits), '10.0.0.1', headers)
  await outcome(token(limits), '10.0.0.1', headers)
  expect(lines).toMatchObject([{ level: 'warn', address: '10.0.0.1', because: 'it is not trusted' }])
})

it('X03 off is off', async () => {
  const { limits } = setUp(false)
  for (let index = 0; index < 100; index++) {
    await outcome(token(limits))
    await outcome((c) => limits.countUser(c, 'usr_1'))
  }
  expect(await outcome(token(limits))).toBe('passed')
  expect(await outcome(guessing(limits))).toBe('invalid_client')
})
