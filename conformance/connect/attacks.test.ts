// attacks.md 3.8 and 3.9: somebody else's account in one's own vault, or one's own in somebody else's. Two browsers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { provedToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'
import {
  type ConnectTrip,
  connect,
  connectionsOf,
  finish,
  lives,
  openRoom,
  push,
  type Room,
  revoked,
  type SignedIn,
  signIn,
  signInAs,
  travelConnect,
  typesOf,
} from './support.ts'

let room: Room
let attacker: SignedIn
let victim: SignedIn
beforeEach(async () => {
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  room = await openRoom(() => ({
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'other' },
    ],
  }))
  attacker = await signIn(room.server, { provider: 'oidc' })
  // Whoever is at the victim's browser says yes as the victim, from here on.
  victim = await signInAs(room, 'admin')
  room.provider.requests.clear()
  return () => room.close()
})
afterEach(() => expect(room.server.logs.join()).not.toContain('"level":50'))

const isCallback = (url: URL) => url.pathname.startsWith('/callback/')
const refusals = () =>
  room.server.events.filter(({ type }) => type === 'connection.refused').map(({ data }) => data.reason)

/** Both vaults are empty, and the provider honours nothing of what it gave. */
async function expectNothingKept(gaveTokens = true): Promise<void> {
  expect(await connectionsOf(attacker)).toEqual([])
  expect(await connectionsOf(victim)).toEqual([])
  await room.timers.pass(10_000)
  expect(revoked(room)).toHaveLength(gaveTokens ? 1 : 0)
  for (const token of revoked(room)) expect(await lives(room, token)).toBe(false)
  expect(typesOf(room.server)).not.toContain('connection.created')
}

describe('3.8 the attacker’s connect in the victim’s browser', () => {
  it('V03 10 the provider’s address alone ends before the provider’s code is redeemed', async () => {
    const { requestUri } = await push(room.server, attacker)
    const begun = await start(room.server.spa, attacker.browser, {
      client_id: 'web',
      request_uri: requestUri,
    })
    const arrived = await victim.browser.follow(await victim.browser.visit(begun.next ?? ''))
    expect(arrived).toMatchObject({ status: 403, next: undefined })
    expect(room.provider.requests.to('token')).toEqual([])
    await expectNothingKept(false)
  })

  it('V03 nor does the attacker’s browser take over what the victim’s came back with', async () => {
    const { requestUri } = await push(room.server, attacker)
    const begun = await start(room.server.spa, attacker.browser, {
      client_id: 'web',
      request_uri: requestUri,
    })
    const before = await victim.browser.follow(await victim.browser.visit(begun.next ?? ''), isCallback)
    expect(before.next?.searchParams.has('code'), 'the victim said yes').toBe(true)
    await victim.browser.visit(before.next ?? '')
    expect(room.provider.requests.to('token')).toEqual([])
  })

  /** The victim's browser is made to begin as the attacker and to go all the way: its app finds the code. */
  const lure = (): Promise<ConnectTrip> => travelConnect(room.server, attacker, {}, victim.browser)

  it('V02 V04 10 is not the attacker’s: the victim’s app, as the victim, is refused, and the tokens are revoked', async () => {
    const trip = await lure()
    expect(trip.code).not.toBe('')
    expect(await finish(victim, trip)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await finish(attacker, trip), 'the code is burned').toMatchObject({ status: 400 })
    expect(refusals()).toEqual(['another_user'])
    await expectNothingKept()
  })

  it('V02 the victim’s app has no verifier, so whatever it finishes with is refused', async () => {
    const trip = await lure()
    const guess = { code: trip.code, code_verifier: startOf(room.server.spa).verifier }
    expect(await finish(victim, guess)).toMatchObject({ status: 400 })
    expect(refusals()).toEqual(['invalid_grant'])
    await expectNothingKept()
  })

  it('V02 when nobody finishes it, the tokens are revoked within two minutes', async () => {
    const trip = await lure()
    await room.timers.pass(60_000)
    expect(revoked(room)).toEqual([])
    await room.timers.pass(50_000)
    expect(revoked(room)).toHaveLength(1)
    expect(refusals()).toEqual(['unfinished'])
    expect(await finish(attacker, trip)).toMatchObject({ status: 400 })
    await expectNothingKept()
    expect(refusals()).toEqual(['unfinished'])
  })

  it('V04 the link variant: a request of the attacker’s starts in no browser but from the app itself', async () => {
    const { requestUri } = await push(room.server, attacker)
    const link = `${room.server.issuer}/authorize?${new URLSearchParams({ client_id: 'web', request_uri: requestUri })}`
    expect(await victim.browser.visit(link)).toMatchObject({ status: 403, next: undefined })
    const form = { client_id: 'web', request_uri: requestUri }
    for (const origin of ['https://evil.example', 'null', null]) {
      const page = await victim.browser.visit(`${room.server.issuer}/authorize`, {
        method: 'POST',
        form,
        origin,
      })
      expect(page, String(origin)).toMatchObject({ status: 403, next: undefined })
    }
    expect(victim.browser.cookies()).toEqual([])
    await expectNothingKept(false)
  })
})

describe('3.9 the attacker’s account in the victim’s vault', () => {
  it('V05 a provider’s code of the attacker’s counts in no journey of the victim’s', async () => {
    // The attacker stops with a code of their own account in hand.
    room.provider.autoApprove('user')
    const mine = await push(room.server, attacker)
    const begunByAttacker = await start(room.server.spa, attacker.browser, {
      ...{ client_id: 'web', request_uri: mine.requestUri },
    })
    const stopped = await attacker.browser.follow(begunByAttacker, isCallback)
    const stolen = stopped.next?.searchParams.get('code') ?? ''
    const attackersState = stopped.next?.searchParams.get('state') ?? ''
    // The victim stands in a connect of their own.
    const { requestUri } = await push(room.server, victim)
    const begun = await start(room.server.spa, victim.browser, { client_id: 'web', request_uri: requestUri })
    const state = begun.next?.searchParams.get('state') ?? ''
    const inject = (changes: Record<string, string>) => {
      const url = new URL(`${room.server.issuer}/callback/calendar`)
      const iss = room.provider.issuer
      url.search = new URLSearchParams({ code: stolen, iss, ...changes }).toString()
      return victim.browser.visit(url)
    }
    expect(await inject({})).toMatchObject({ status: 400, next: undefined })
    expect(await inject({ state: 'x'.repeat(24) })).toMatchObject({ status: 403, next: undefined })
    expect(await inject({ state: attackersState })).toMatchObject({ status: 403, next: undefined })
    // Even with the victim's own state: PKCE and nonce are the victim's journey's.
    const last = await inject({ state })
    expect(last.next?.href).toContain('error=provider_error')
    expect(last.next?.href).not.toContain('code=')
    await expectNothingKept(false)
  })

  it('V05 a code for the app of the attacker’s is not the victim’s to finish', async () => {
    room.provider.autoApprove('user')
    const trip = await travelConnect(room.server, attacker)
    expect(await finish(victim, trip)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    await expectNothingKept()
  })

  it('V06 an answer at another provider’s address is none', async () => {
    const { requestUri } = await push(room.server, victim)
    const begun = await start(room.server.spa, victim.browser, { client_id: 'web', request_uri: requestUri })
    const before = await victim.browser.follow(begun, isCallback)
    for (const other of ['both', 'oidc', 'plain']) {
      const crossed = new URL(before.next ?? '')
      crossed.pathname = `/callback/${other}`
      expect((await victim.browser.visit(crossed)).next, other).toBeUndefined()
    }
    expect(room.provider.requests.to('token')).toEqual([])
  })
})

describe('codes of one kind at the door of another', () => {
  it('V02 a connect’s is no session and no identity: it is burned, and the tokens are revoked', async () => {
    const trip = await travelConnect(room.server, victim)
    const redemption = redemptionOf(room.server.spa, { answer: trip.answer, verifier: trip.code_verifier })
    expect(await provedToken(room.server.spa, victim.key, redemption)).toMatchObject({
      ...{ status: 400, body: { error: 'invalid_grant' } },
    })
    const { code, code_verifier } = await travelConnect(room.server, victim)
    const link = await victim.call('POST', '/account/identities', { code, code_verifier })
    expect(link).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    for (const one of [trip, { code, code_verifier }]) expect((await finish(victim, one)).status).toBe(400)
    expect(refusals()).toEqual(['invalid_grant', 'invalid_grant'])
    await room.timers.pass(10_000)
    expect(revoked(room)).toHaveLength(2)
    expect(await connectionsOf(victim)).toEqual([])
  })

  it('V02 a connect of one client is finished by no other client of the same user’s', async () => {
    const elsewhere = { ...room.server, spa: { ...room.server.spa, clientId: 'other' } }
    const other = await signIn(elsewhere, { provider: 'oidc' })
    const trip = await travelConnect(room.server, victim)
    expect(await finish(other, trip)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await push(room.server, other)).status, 'nor begun with a token of another client').toBe(400)
    expect(refusals()).toEqual(['invalid_grant'])
    await expectNothingKept()
  })

  it('a sign-in’s connects nothing', async () => {
    const trip = await travel(room.server.spa, victim.browser, { provider: 'both' })
    const body = { code: trip.answer.get('code') ?? '', code_verifier: trip.verifier }
    expect(await finish(victim, body)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await connectionsOf(victim)).toEqual([])
  })

  it('A11 of many finishes at once exactly one connects', async () => {
    const trip = await travelConnect(room.server, victim)
    const answers = await Promise.all(Array.from({ length: 10 }, () => finish(victim, trip)))
    const connected = answers.filter(({ status }) => status === 201)
    expect(connected).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(9)
    await room.timers.pass(180_000)
    expect(revoked(room)).toEqual([])
    expect(await connectionsOf(victim)).toHaveLength(1)
  })
})

describe('what is somebody else’s', () => {
  it('V09 is out of reach', async () => {
    const { id } = await connect(room.server, victim)
    expect((await attacker.call('DELETE', `/account/connections/${id}`)).status).toBe(404)
    expect(await connectionsOf(attacker)).toEqual([])
    expect(await connectionsOf(victim)).toHaveLength(1)
    expect((await fetch(`${room.server.issuer}/account/connections`)).status).toBe(401)
    expect(createBrowser(room.server.clock).cookies()).toEqual([])
  })
})
