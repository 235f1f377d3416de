// Several real server processes over one database: what is used once is used once among all of them.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Fleet, type Member, startFleet } from '../support/fleet.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import {
  postToken,
  provedToken,
  redemptionOf,
  type Spa,
  start,
  startOf,
  type TokenAnswer,
  travel,
} from '../support/spa.ts'

let provider: FakeProvider
let fleet: Fleet
let plain: Spa

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  fleet = await startFleet(4, {
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'plain', dpop: 'off' },
    ],
    providers: { oidc: provider.oidc },
  })
  plain = { ...fleet.spa, clientId: 'plain' }
})
afterAll(async () => {
  await fleet?.close()
  await provider?.close()
})

/** The same client at one process. */
const at = (member: Member, spa: Spa = plain): Spa => ({ ...spa, issuer: member.url })
const trip = (spa: Spa = plain) => travel(spa, createBrowser(), { provider: 'oidc' })
const refreshOf = (refreshToken: unknown, clientId = 'plain'): Record<string, string> => ({
  grant_type: 'refresh_token',
  client_id: clientId,
  refresh_token: String(refreshToken),
})
const memberAt = (members: Member[], index: number): Member => {
  const member = members[index % members.length]
  if (member === undefined) throw new Error('there is no process')
  return member
}
/** As many at once, spread over the processes. */
const volley = (members: Member[], count: number, shot: (member: Member) => Promise<TokenAnswer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => shot(memberAt(members, index))))

async function counterOf(accessToken: unknown): Promise<unknown> {
  const id = String(decodeJwt(String(accessToken)).sid)
  const [row] = await fleet.storage.query('select counter from sessions where id = ?', id)
  return row?.counter
}

describe('processes that started at once on a new database', () => {
  it('A44 X10 agree on the keys, and take each other’s tokens and nonces', async () => {
    const key = await createDpopKey()
    // One makes the next key, and the others see it at their next look.
    await vi.waitFor(
      async () => {
        const documents = await Promise.all(
          fleet.members.map(async ({ url }) => (await fetch(`${url}/jwks`)).text()),
        )
        expect(new Set(documents).size).toBe(1)
        expect(JSON.parse(documents[0] ?? '')).toMatchObject({ keys: [{ alg: 'ES256' }, { alg: 'ES256' }] })
      },
      { timeout: 20_000, interval: 100 },
    )

    // The journey itself goes from process to process, and so does the nonce.
    const { body } = await provedToken(fleet.spa, key, redemptionOf(fleet.spa, await trip(fleet.spa)))
    const accessToken = String(body.access_token)
    for (const { url } of fleet.members) {
      const proof = await key.proof({ htm: 'GET', htu: `${fleet.issuer}/userinfo`, accessToken })
      const headers = { Authorization: `DPoP ${accessToken}`, DPoP: proof }
      expect((await fetch(`${url}/userinfo`, { headers })).status).toBe(200)
    }
  })
})

describe.each([2, 4])('%d processes', (count) => {
  const members = () => fleet.members.slice(0, count)

  it('A11 29 30 answer one of 48 redemptions of a code, six times over', async () => {
    for (let round = 0; round < 6; round++) {
      const redemption = redemptionOf(plain, await trip())
      const answers = await volley(members(), 48, (member) => postToken(at(member), redemption))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(47)
    }
  })

  it('A11 R01 answer one of 24 uses of a provider’s answer', async () => {
    const browser = createBrowser()
    const first = await start(plain, browser, startOf(plain, { provider: 'oidc' }).params)
    const before = await browser.follow(first, (url) => url.pathname.startsWith('/callback/'))
    const [cookie] = browser.cookies()
    const { pathname, search } = new URL(before.next ?? '')
    const asked = provider.requests.to('token').length
    const headers = { Cookie: `${cookie?.name}=${cookie?.value}` }
    const pages = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        createBrowser().visit(`${memberAt(members(), index).url}${pathname}${search}`, { headers }),
      ),
    )
    expect(pages.filter(({ next }) => next?.hash.includes('code='))).toHaveLength(1)
    expect(pages.filter(({ status, body }) => status === 400 && body.includes('journey_used'))).toHaveLength(
      23,
    )
    expect(provider.requests.to('token')).toHaveLength(asked + 1)
  })

  it('A33 31 give 48 refreshes of one token one successor, and move the session once', async () => {
    const first = await postToken(plain, redemptionOf(plain, await trip()))
    let token = first.body.refresh_token
    for (let round = 1; round <= 5; round++) {
      const answers = await volley(members(), 48, (member) => postToken(at(member), refreshOf(token)))
      expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
      const successors = new Set(answers.map(({ body }) => body.refresh_token))
      expect(successors.size).toBe(1)
      expect(await counterOf(first.body.access_token)).toBe(round)
      ;[token] = successors
    }
    // An early one again, out of its turn: the session ends everywhere, for the successor too.
    const reused = await postToken(at(memberAt(members(), 0)), refreshOf(first.body.refresh_token))
    expect(reused.body.error).toBe('invalid_grant')
    const answers = await volley(members(), 8, (member) => postToken(at(member), refreshOf(token)))
    expect(answers.every(({ body }) => body.error === 'invalid_grant')).toBe(true)
  })

  it('A42 take a proof’s nonce from each other', async () => {
    const key = await createDpopKey()
    const redemption = redemptionOf(fleet.spa, await trip(fleet.spa))
    const [asked, answering] = [memberAt(members(), 0), memberAt(members(), 1)]
    const { headers } = await postToken(at(asked, fleet.spa), { grant_type: 'x' })
    const nonce = headers.get('dpop-nonce') ?? ''
    const proof = await key.proof({ htm: 'POST', htu: `${fleet.issuer}/token`, nonce })
    expect((await postToken(at(answering, fleet.spa), redemption, { DPoP: proof })).status).toBe(200)
  })
})

describe('kill -9 of one process in the middle', () => {
  /** Tries the others as an app does after a connection that broke: the same token again. */
  async function stubbornly(
    members: Member[],
    params: Record<string, string>,
    from: number,
  ): Promise<TokenAnswer> {
    for (let turn = from; turn < from + 40; turn++) {
      const member = memberAt(members, turn)
      if (!member.alive) continue
      const answer = await postToken(at(member), params).catch(() => undefined)
      if (answer !== undefined && answer.status < 500) return answer
    }
    throw new Error('nobody answered')
  }

  it('A33 A36 loses no session: every app goes on with the token that it has', async () => {
    const sessions = await Promise.all(
      Array.from(
        { length: 12 },
        async () => (await postToken(plain, redemptionOf(plain, await trip()))).body,
      ),
    )
    const victim = memberAt(fleet.members, 3)
    let done = 0
    let killed: Promise<void> | undefined
    const ends = await Promise.all(
      sessions.map(async (session, index) => {
        let token = session.refresh_token
        for (let round = 0; round < 15; round++) {
          const answer = await stubbornly(fleet.members, refreshOf(token), index + round)
          expect([answer.status, answer.body.error]).toEqual([200, undefined])
          token = answer.body.refresh_token
          done += 1
          if (done === 60) killed = victim.kill()
        }
        return token
      }),
    )
    await killed
    expect(victim.alive).toBe(false)
    await victim.restart()
    for (const token of ends) {
      expect((await postToken(at(victim), refreshOf(token))).status).toBe(200)
    }
  })

  it('A11 lets no code be redeemed twice', async () => {
    const redemptions = await Promise.all(
      Array.from({ length: 10 }, async () => redemptionOf(plain, await trip())),
    )
    const victim = memberAt(fleet.members, 2)
    let answered = 0
    const answers = await Promise.all(
      redemptions.map((redemption) =>
        volley(fleet.members, 16, async (member) => {
          const answer = await postToken(at(member), redemption).catch(
            (): TokenAnswer => ({ status: 0, headers: new Headers(), body: {} }),
          )
          answered += 1
          if (answered === 40) await victim.kill()
          return answer
        }),
      ),
    )
    expect(victim.alive).toBe(false)
    for (const ofOne of answers) {
      expect(ofOne.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    }
    // Nobody but the dead one failed.
    const statuses = new Set(answers.flat().map(({ status }) => status))
    expect([...statuses].filter((status) => ![0, 200, 400].includes(status))).toEqual([])
    await victim.restart()
    const after = await postToken(at(victim), redemptionOf(plain, await trip()))
    expect(after.status).toBe(200)
  })
})
