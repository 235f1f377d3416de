// Processes that share their counters grant a limit once.
import { randomBytes } from 'node:crypto'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDatabase,
  hasPostgres,
  howToGetPostgres,
  type TestDatabase,
} from '../../packages/server/src/storage/postgres/database.fixture.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { ask } from '../support/service.ts'

if (!hasPostgres) process.stderr.write(`${howToGetPostgres}\n`)

const limit = 3
const form = {
  ...{ grant_type: 'authorization_code', client_id: 'web' },
  ...{ code: 'c'.repeat(43), code_verifier: 'v'.repeat(43) },
}

describe.skipIf(!hasPostgres)('X03 in PostgreSQL (skipped where there is none)', () => {
  let provider: FakeProvider
  let database: TestDatabase
  let members: Running[] = []
  beforeAll(async () => {
    provider = await createFakeProvider()
    database = await createDatabase()
    const secrets = [randomBytes(32).toString('base64url')]
    const configure = () => ({
      ...{ storage: database.url, secrets },
      providers: { oidc: provider.oidc },
      trusted_proxies: ['127.0.0.1'],
      rate_limits: { storage: 'postgres', token_per_minute: limit },
    })
    members = [await startLatchkey(configure), await startLatchkey(configure)]
  })
  afterAll(async () => {
    for (const member of members) await member.close()
    await database?.drop()
    await provider?.close()
  })

  it('X03 whoever goes from process to process has one limit', async () => {
    let visitors = 0
    const burst = async () => {
      const from = { 'X-Forwarded-For': `198.51.100.${++visitors}` }
      const seen = []
      for (let index = 0; index < 2 * limit; index++) {
        // Where the counters were late, they are asked again after five seconds.
        for (const { clock } of members) clock.advance(5_000)
        const at = members[index % members.length]
        seen.push((await ask(`${at?.issuer}/token`, form, from)).status)
      }
      return seen
    }
    // A machine that is busy may answer later than they wait, each time that it is.
    const wanted = [400, 400, 400, 429, 429, 429]
    let seen = await burst()
    for (let again = 0; again < 20 && seen.join() !== wanted.join(); again++) seen = await burst()
    expect(seen).toEqual(wanted)
  })
})
