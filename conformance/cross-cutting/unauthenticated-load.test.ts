// What anybody may ask for in any number: it must fill neither the database nor the memory.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Latchkey } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testClock } from '../support/clock.ts'
import { createDpopKey } from '../support/dpop.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { startOf } from '../support/spa.ts'
import { createStorage, type TestStorage } from '../support/storage.ts'

const issuer = 'https://auth.example.com'
const spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
const starts = 20_000
/** Stands still, so that the server does not find that it is late: all of this is one turn of the event loop. */
const clock = testClock()
let storage: TestStorage
let provider: FakeProvider
let latchkey: Latchkey

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

beforeAll(async () => {
  storage = await createStorage()
  provider = await createFakeProvider()
  latchkey = await embedLatchkey(
    issuer,
    {
      storage: storage.url,
      providers: { oidc: provider.oidc, plain: provider.oauth2 },
      allow_private_network_providers: true,
    },
    { clock },
  )
})
afterAll(async () => {
  await latchkey?.close()
  await provider?.close()
  await storage?.remove()
})

/** Bytes in use once everything that nobody holds is gone. */
async function held(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

async function many(count: number, make: (index: number) => Request, judge: (response: Response) => void) {
  for (let sent = 0; sent < count; sent += 100) {
    const answers = await Promise.all(
      Array.from({ length: Math.min(100, count - sent) }, (_, index) => latchkey.fetch(make(sent + index))),
    )
    for (const answer of answers) {
      judge(answer)
      await answer.body?.cancel()
    }
  }
}

const { params } = startOf(spa, { provider: 'oidc' })
const begin = (index: number, changes: Record<string, string> = {}): Request =>
  new Request(`${issuer}/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ ...params, state: `state-${index}`, ...changes }),
    headers: { Origin: spaOrigin },
  })
/** Bytes a request may leave behind: none, give or take what the runtime keeps of its own. */
const leftover = 150

describe('X04 anybody may', () => {
  it(`X04 start ${starts} journeys: no row is written and nothing is kept`, async () => {
    const sentOn = (response: Response): void => {
      expect(response.status).toBe(200)
      expect(response.headers.get('refresh')).toContain(provider.origin)
      expect(response.headers.getSetCookie()).toHaveLength(1)
    }
    await many(2_000, begin, sentOn)
    // The next signing key is made once the server is up.
    await vi.waitFor(async () => expect(await storage.counts()).toMatchObject({ signing_keys: 2 }))
    const before = { rows: await storage.counts(), bytes: await held() }
    await many(starts, begin, sentOn)
    expect(await storage.counts()).toEqual(before.rows)
    expect((await held()) - before.bytes).toBeLessThan(starts * leftover)
  })

  it('X04 ask for the chooser, err, and come back from nowhere: the same', async () => {
    const asked = [
      (index: number) => {
        const request = new URLSearchParams({ ...params, state: `chooser-${index}` })
        request.delete('provider')
        return new Request(`${issuer}/authorize`, {
          method: 'POST',
          body: request,
          headers: { Origin: spaOrigin },
        })
      },
      (index: number) => begin(index, { response_type: `token-${index}` }),
      (index: number) => begin(index, { client_id: `client-${index}` }),
      (index: number) =>
        new Request(`${issuer}/callback/oidc?code=x&state=${String(index).padStart(24, 'a')}`),
      (index: number) => new Request(`${issuer}/callback/provider-${index}?code=x`),
      (index: number) => new Request(`${issuer}/providers?client_id=${index}`),
      (index: number) => new Request(`${issuer}/nothing/${index}`),
      (index: number) =>
        new Request(`${issuer}/userinfo`, {
          headers: { Authorization: `Bearer ${index}.${index}.${index}` },
        }),
    ]
    const each = (index: number): Request => {
      const make = asked[index % asked.length]
      if (make === undefined) throw new Error('nothing to ask')
      return make(index)
    }
    const answered = (response: Response): void => expect(response.status).toBeLessThan(500)
    await many(800, each, answered)
    const before = { rows: await storage.counts(), bytes: await held() }
    await many(4_000, each, answered)
    expect(await storage.counts()).toEqual(before.rows)
    expect((await held()) - before.bytes).toBeLessThan(4_000 * leftover)
  })

  it('X04 try codes and refresh tokens of nobody’s making, with and without proofs: no row is written', async () => {
    const before = await storage.counts()
    const key = await createDpopKey(clock.now)
    const attempt = {
      ...{ client_id: 'web', code_verifier: 'v'.repeat(43) },
      refresh_token: `1.ses_${'x'.repeat(24)}.0.${'A'.repeat(43)}`,
    }
    const guess = (index: number, headers: Record<string, string> = {}): Request => {
      const code = Buffer.alloc(32, index).toString('base64url')
      const grant_type = index % 2 === 0 ? 'authorization_code' : 'refresh_token'
      const body = new URLSearchParams({ ...attempt, grant_type, code })
      return new Request(`${issuer}/token`, {
        method: 'POST',
        body,
        headers: { Origin: spaOrigin, ...headers },
      })
    }
    const nonce = (await latchkey.fetch(guess(0))).headers.get('dpop-nonce') ?? ''
    const proofs = await Promise.all(
      Array.from({ length: 500 }, () => key.proof({ htm: 'POST', htu: `${issuer}/token`, nonce })),
    )
    await many(1_000, guess, (response) => expect(response.status).toBe(400))
    await many(
      500,
      (index) => guess(index, { DPoP: proofs[index] ?? '' }),
      (response) => expect(response.status).toBe(400),
    )
    expect(await storage.counts()).toEqual(before)
  })

  it('R06 X04 begin at a provider that does not answer: the next start is answered as well', async () => {
    provider.faults.always('discovery', 'http-503')
    const stopped = await embedLatchkey(issuer, {
      providers: { oidc: provider.oidc },
      allow_private_network_providers: true,
    })
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => stopped.fetch(begin(index))))
    for (const answer of answers)
      expect(answer.headers.get('refresh')).toContain('error=temporarily_unavailable')
    expect(provider.requests.to('discovery').length).toBeLessThan(5)
    provider.faults.clear()
    await stopped.close()
  })
})
