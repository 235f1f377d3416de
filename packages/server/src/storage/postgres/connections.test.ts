import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createConnections } from './connections.ts'
import { createDatabase, hasPostgres } from './database.fixture.ts'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

/** Hangs up on everybody, and counts them. */
async function startRefusing() {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `postgres://user:canary@127.0.0.1:${address.port}/latchkey`, calls: () => calls }
}

it('reliability: a server that does not answer is not stormed', async () => {
  const { url, calls } = await startRefusing()
  let now = 1_000
  const connections = createConnections({ url, size: 3 }, { clock: { now: () => now }, random: () => 0.5 })
  const fails = () => expect(connections.take()).rejects.toMatchObject({ message: expect.any(String) })
  await fails()
  // Half of 50 ms, of 100, of 200; at most half a second.
  for (const pause of [25, 50, 100, 200, 400, 500, 500]) {
    const before = calls()
    now += pause - 1
    await expect(connections.take()).rejects.toMatchObject({ code: 'unavailable' })
    expect(calls()).toBe(before)
    now += 1
    await fails()
    expect(calls()).toBe(before + 1)
  }
  await connections.close()
})

it('X06: who is refused does not say the password', async () => {
  const { url } = await startRefusing()
  const connections = createConnections({ url, size: 1 }, { clock: { now: () => 0 }, random: () => 0 })
  const error: unknown = await connections.take().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(`${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain(
    'canary',
  )
  await connections.close()
})

it.skipIf(!hasPostgres)(
  'reliability R4: who is cut off between two statements goes on with another connection',
  async () => {
    const database = await createDatabase()
    const parts = { clock: { now: () => 0 }, random: () => 0 }
    const connections = createConnections({ url: database.url, size: 1 }, parts)
    const before = await connections.take()
    await before.query({ text: 'begin' })
    const others = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
    await database.query(`select pg_terminate_backend(pid) ${others}`)
    await expect.poll(() => database.query(`select pid ${others}`)).toEqual([])
    await expect(before.query({ text: 'commit' })).rejects.toThrow()
    before.release(true)
    const after = await connections.take()
    expect((await after.query({ text: 'select 1 as one' })).rows).toEqual([{ one: 1 }])
    after.release(false)
    await connections.close()
    await database.drop()
  },
)
