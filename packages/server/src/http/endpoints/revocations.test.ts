import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLatchkey } from '../../create.ts'
import type { Latchkey } from '../../latchkey.ts'
import { silentLogger } from '../../logging.ts'
import { openStorage, type Storage } from '../../storage/index.ts'

const clock = { now: () => 1_800_000_000_000 }
const issuer = 'http://127.0.0.1:1'
let folder = ''
let latchkey: Latchkey
/** Another process's, as it were: the command line's. */
let storage: Storage

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-feed-'))
  const file = join(folder, 'latchkey.db')
  latchkey = await createLatchkey(
    {
      ...{ issuer, secrets: [randomBytes(32).toString('base64url')], storage: `sqlite:${file}` },
      services: [{ id: 'reports', secret: 'x'.repeat(32) }],
      clients: [],
      providers: {},
    },
    { clock, logger: silentLogger },
  )
  storage = await openStorage({ engine: 'sqlite', file, synchronous: 'full' })
})
afterEach(async () => {
  await storage.close()
  await latchkey.close()
  rmSync(folder, { recursive: true })
})

async function feed(): Promise<string[]> {
  const body = new URLSearchParams({ client_id: 'reports', client_secret: 'x'.repeat(32) })
  const response = await latchkey.fetch(new Request(`${issuer}/revocations`, { method: 'POST', body }))
  expect(response.status).toBe(200)
  const { revocations }: { revocations: { sid: string }[] } = await response.json()
  return revocations.map(({ sid }) => sid)
}

it.each(['disable', 'erase'] as const)(
  'A39 tells of the sessions of a user when they %s them elsewhere',
  async (end) => {
    for (const userId of ['usr_1', 'usr_2']) {
      const identity = { id: `idn_${userId}`, provider: 'p', issuer: 'i', subject: userId, createdAt: 0 }
      await storage.users.createWithIdentity({ id: userId, createdAt: 0 }, identity)
      await storage.sessions.create(
        {
          ...{
            id: `ses_${userId}`,
            userId,
            clientId: 'web',
            provider: 'p',
            identityId: identity.id,
            counter: 0,
          },
          ...{ createdAt: clock.now(), rotatedAt: clock.now(), scope: '', resources: [], authTime: 0 },
          ...{ idleExpiresAt: clock.now() + 60_000, absoluteExpiresAt: clock.now() + 60_000 },
        },
        userId,
      )
    }
    expect(await feed()).toEqual([])
    expect(await storage.users[end]('usr_1', clock.now())).toBe(end === 'erase' ? 'erased' : true)
    expect(await feed()).toEqual(['ses_usr_1'])
  },
)
