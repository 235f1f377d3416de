// Refreshes at once, and servers that are killed under them: one successor, and nobody is signed out.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Fleet, type Member, startFleet } from '../support/fleet.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type Spa, type TokenAnswer, travel } from '../support/spa.ts'
import { onPostgres } from '../support/storage.ts'

const patient = 540_000
const racers = 1000
/** Two at a time. */
const kills = onPostgres ? 2 : 10

let provider: FakeProvider

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
})
afterAll(() => provider?.close())

const paramsOf = (token: unknown, clientId: string): Record<string, string> => ({
  grant_type: 'refresh_token',
  client_id: clientId,
  refresh_token: String(token),
})

async function signIn(spa: Spa, key: DpopKey): Promise<TokenAnswer> {
  const answer = await provedToken(
    spa,
    key,
    redemptionOf(spa, await travel(spa, createBrowser(), { provider: 'oidc' })),
  )
  expect(answer.status).toBe(200)
  return answer
}

/** The same token from everybody at once, each with a proof of its own by the same key. */
async function race(spa: Spa, urls: string[], key: DpopKey, token: unknown): Promise<TokenAnswer[]> {
  const { headers } = await postToken(spa, { grant_type: 'x' })
  const nonce = headers.get('dpop-nonce') ?? ''
  const proofs = await Promise.all(
    Array.from({ length: racers }, () => key.proof({ htm: 'POST', htu: `${spa.issuer}/token`, nonce })),
  )
  return Promise.all(
    proofs.map((proof, index) =>
      postToken({ ...spa, issuer: urls[index % urls.length] ?? '' }, paramsOf(token, spa.clientId), {
        DPoP: proof,
      }),
    ),
  )
}

function expectOneSuccessor(answers: TokenAnswer[], first: TokenAnswer): string {
  expect(
    answers.filter(({ status }) => status !== 200).map(({ status, body }) => [status, body.error]),
  ).toEqual([])
  const successors = new Set(answers.map(({ body }) => String(body.refresh_token)))
  expect(successors.size).toBe(1)
  const [successor = ''] = successors
  expect(successor.split('.').slice(0, 3)).toEqual(['1', decodeJwt(String(first.body.access_token)).sid, '1'])
  expect(new Set(answers.map(({ body }) => body.access_token)).size, 'each has its own access token').toBe(
    racers,
  )
  return successor
}

describe('reliability R2: 1,000 refreshes of one token at once', () => {
  it('A33 31 have one successor in one process', { timeout: patient }, async () => {
    const server: Running = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }))
    try {
      const key = await createDpopKey()
      const first = await signIn(server.spa, key)
      const answers = await race(server.spa, [server.issuer], key, first.body.refresh_token)
      const successor = expectOneSuccessor(answers, first)
      const next = await provedToken(server.spa, key, paramsOf(successor, 'web'))
      expect([next.status, String(next.body.refresh_token).split('.')[2]]).toEqual([200, '2'])
    } finally {
      await server.close()
    }
  })
})

describe('over one database', () => {
  let fleet: Fleet

  beforeAll(async () => {
    const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
    fleet = await startFleet(4, {
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
      ],
      providers: { oidc: provider.oidc },
    })
  })
  afterAll(() => fleet?.close())

  it('reliability R2: A33 31 1,000 refreshes at four processes have one successor', {
    timeout: patient,
  }, async () => {
    const key = await createDpopKey()
    const first = await signIn(fleet.spa, key)
    const urls = fleet.members.map(({ url }) => url)
    const answers = await race(fleet.spa, urls, key, first.body.refresh_token)
    const successor = expectOneSuccessor(answers, first)
    const next = await provedToken(fleet.spa, key, paramsOf(successor, 'web'))
    expect([next.status, String(next.body.refresh_token).split('.')[2]]).toEqual([200, '2'])
  })

  it(`reliability R3: A33 A36 nobody is signed out while ${kills} processes are killed`, {
    timeout: patient,
  }, async () => {
    const spa = { ...fleet.spa, clientId: 'plain' }
    const tokens = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const trip = await travel(spa, createBrowser(), { provider: 'oidc' })
        return (await postToken(spa, redemptionOf(spa, trip))).body.refresh_token
      }),
    )
    const enough = new AbortController()
    let rounds = 0
    let progressed: () => void = () => undefined

    /** As an app does after a connection that broke or a 503: the same token again, elsewhere. */
    async function stubbornly(token: unknown, from: number): Promise<TokenAnswer> {
      for (let turn = from; ; turn++) {
        const member = memberAt(turn)
        if (!member.alive) continue
        const answer = await postToken({ ...spa, issuer: member.url }, paramsOf(token, 'plain')).catch(
          () => undefined,
        )
        if (answer !== undefined && answer.status < 500) return answer
      }
    }
    const memberAt = (turn: number): Member => {
      const member = fleet.members[turn % fleet.members.length]
      if (member === undefined) throw new Error('there is no process')
      return member
    }
    const browsers = tokens.map(async (first, index) => {
      let token: unknown = first
      for (let round = 0; !enough.signal.aborted; round++) {
        const { status, body } = await stubbornly(token, index + round)
        if (status !== 200) return body.error
        token = body.refresh_token
        rounds++
        progressed()
      }
      return token
    })
    try {
      for (let kill = 0; kill < kills; kill += 2) {
        const victims = [memberAt(kill), memberAt(kill + 1)]
        await Promise.all(victims.map((victim) => victim.kill()))
        const before = rounds
        const wentOn = new Promise<void>((resolve) => {
          progressed = () => void (rounds >= before + tokens.length && resolve())
        })
        await Promise.all(victims.map((victim) => victim.restart()))
        await Promise.race([wentOn, Promise.all(browsers)])
      }
    } finally {
      enough.abort()
    }
    const kept = await Promise.all(browsers)
    const answers = await Promise.all(kept.map((token) => postToken(spa, paramsOf(token, 'plain'))))
    expect(answers.map(({ status }) => status)).toEqual(tokens.map(() => 200))
  })
})
