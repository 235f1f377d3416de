import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrive } from '../account/arrive.ts'
import { linkTrip, type SignedIn, signIn } from '../account/support.ts'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { type Operator, startOperator } from '../support/operator.ts'
import { postToken, provedToken, redemptionOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let second: FakeProvider
let server: Running
let operator: Operator
beforeAll(async () => {
  ;[provider, second, operator] = await Promise.all([
    createFakeProvider({ algorithm: 'ES256' }),
    createFakeProvider({ algorithm: 'ES256' }),
    startOperator(),
  ])
}, 60_000)
afterAll(() => Promise.all([provider?.close(), second?.close(), operator?.close()]))
beforeEach(async () => {
  provider.autoApprove('user')
  second.autoApprove('user')
  server = await startLatchkey(() => ({
    clients: [
      { id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] },
      { id: 'bearer', redirect_uris: [spaRedirectUri], origins: [spaOrigin], dpop: 'off' },
    ],
    linking: { verified_email: ['oidc', 'second'] },
    providers: { oidc: provider.oidc, plain: provider.oauth2, second: second.oidc },
  }))
  return () => server.close()
})

/** The events that something leads to, in their order. */
async function events(scenario: () => Promise<unknown>) {
  server.events.length = 0
  await scenario()
  return [...server.events]
}
const types = async (scenario: () => Promise<unknown>) => (await events(scenario)).map(({ type }) => type)

const refresh = (user: SignedIn, refreshToken = user.refreshToken) =>
  provedToken(server.spa, user.key, {
    ...{ grant_type: 'refresh_token', client_id: 'web', refresh_token: refreshToken },
  })
const signOut = (user: SignedIn) =>
  fetch(`${server.issuer}/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'web', token: user.refreshToken }),
  })
const finish = async (user: SignedIn, to = 'plain') =>
  user.call('POST', '/account/identities', await linkTrip(server, user, to))
const first = () => signIn(server, { provider: 'oidc' })

describe('X07 each happens once', () => {
  it('signing in', async () => {
    expect(await types(first)).toEqual(['user.created', 'user.signed_in', 'session.created'])
    expect(await types(first)).toEqual(['user.signed_in', 'session.created'])
  })

  it('signing in fails', async () => {
    provider.autoApprove('denies')
    const [denied, ...others] = await events(() => arrive(server, { provider: 'oidc' }))
    expect(others).toEqual([])
    expect(denied).toMatchObject({
      type: 'sign_in.failed',
      data: { error: 'access_denied', provider: 'oidc', client_id: 'web' },
    })
    provider.autoApprove('user')
    provider.faults.next('id_token', 'wrong-nonce')
    expect(await types(() => arrive(server, { provider: 'oidc' }))).toEqual(['sign_in.failed'])
  })

  it('a start that leads nowhere, a callback of another browser, a refresh', async () => {
    const user = await first()
    expect(await types(() => refresh(user))).toEqual([])
    const stranger = createBrowser()
    const state = 'x'.repeat(24)
    expect(await types(() => stranger.visit(`${server.issuer}/callback/oidc?code=a&state=${state}`))).toEqual(
      [],
    )
  })

  it('joining by address', async () => {
    await first()
    const told = await events(() => signIn(server, { provider: 'second' }))
    expect(told.map(({ type }) => type)).toEqual(['identity.linked', 'user.signed_in', 'session.created'])
    expect(told[0]).toMatchObject({ data: { provider: 'second', automatic: true } })
  })

  it('linking, again, and taking away', async () => {
    const user = await first()
    server.clock.advance(1)
    expect(await types(() => finish(user))).toEqual(['identity.linked'])
    expect(await types(() => finish(user))).toEqual([])
    const ids =
      JSON.stringify((await user.call('GET', '/account/identities')).body).match(/idn_[\w-]+/g) ?? []
    const takeAway = (id = '') => types(() => user.call('DELETE', `/account/identities/${id}`))
    expect(await takeAway(ids[1])).toEqual(['identity.unlinked'])
    expect(await takeAway(ids[1]), 'it is gone').toEqual([])
    expect(await takeAway(ids[0]), 'the last one stays').toEqual([])
  })

  it('linking what is somebody else’s, or for somebody else', async () => {
    const user = await first()
    provider.autoApprove('admin')
    const other = await signIn(server, { provider: 'plain' })
    expect(await types(() => finish(user))).toEqual(['identity.refused'])
    const trip = await linkTrip(server, user, 'second')
    expect(await types(() => other.call('POST', '/account/identities', trip))).toEqual(['identity.refused'])
  })

  it('signing out, here, there and everywhere', async () => {
    const [here, there, elsewhere] = [await first(), await first(), await first()]
    expect(await types(() => signOut(here))).toEqual(['session.revoked'])
    expect(await types(() => signOut(here)), 'it is over').toEqual([])
    const { body } = await there.call('GET', '/account/sessions')
    const id = /"id":"(ses_[\w-]+)"[^}]*"current":false/.exec(JSON.stringify(body))?.[1]
    const revoke = () => there.call('DELETE', `/account/sessions/${id}`)
    expect(await types(revoke)).toEqual(['session.revoked'])
    expect(await types(revoke), 'it is over').toEqual([])
    expect((await elsewhere.call('GET', '/account')).status).toBe(401)
    await first()
    expect(await types(() => there.call('DELETE', '/account/sessions'))).toEqual([
      'session.revoked',
      'session.revoked',
    ])
  })

  it('an old refresh token', async () => {
    const user = await first()
    await refresh(user)
    server.clock.advance(31_000)
    expect(await types(() => refresh(user))).toEqual(['session.reuse_detected'])
    expect(await types(() => refresh(user)), 'it is over').toEqual([])
  })

  it('A12 a code for the second time', async () => {
    const bearer = { ...server.spa, clientId: 'bearer' }
    const redemption = redemptionOf(
      bearer,
      await travel(bearer, createBrowser(server.clock), { provider: 'oidc' }),
    )
    expect(await types(() => postToken(bearer, redemption))).toEqual(['session.created'])
    const told = await events(() => postToken(bearer, redemption))
    expect(told).toMatchObject([
      { type: 'session.revoked', data: { client_id: 'bearer', reason: 'code_replayed' } },
    ])
    expect(await types(() => postToken(bearer, redemption)), 'it is over').toEqual([])
  })

  it('erasing oneself', async () => {
    const user = await first()
    const [erased, ...others] = await events(() => user.call('DELETE', '/account'))
    expect(others).toEqual([])
    expect(erased).toMatchObject({ type: 'user.erased', actor: erased?.subject })
  })

  it('what an operator does is told by the command, not by the server', async () => {
    const user = await first()
    await first()
    const id = String((await user.call('GET', '/account')).body.sub)
    const done = async (...args: string[]) =>
      (await operator.run(server, args)).events.map(({ type }) => type)
    server.events.length = 0
    expect(await done('sessions', 'revoke', '--user', id)).toEqual(['session.revoked', 'session.revoked'])
    expect(await done('users', 'disable', id)).toEqual(['user.disabled'])
    expect(await done('users', 'disable', id)).toEqual([])
    expect(await done('users', 'enable', id)).toEqual(['user.enabled'])
    expect(await done('users', 'erase', id, '--yes')).toEqual(['user.erased'])
    expect(server.events).toEqual([])
  })
})

it('X07 X06 an event says what, when, by whom and under which request, and holds no secret', async () => {
  const user = await first()
  const answer = await user.call('DELETE', '/account')
  expect(server.events.at(-1)).toEqual({
    id: expect.stringMatching(/^evt_/),
    type: 'user.erased',
    time: new Date(server.clock.now()).toISOString(),
    request_id: answer.headers.get('x-request-id'),
    actor: expect.stringMatching(/^usr_/),
    subject: expect.stringMatching(/^usr_/),
    data: {},
  })
  const all = JSON.stringify(server.events)
  for (const secret of [user.accessToken, user.refreshToken, user.key.jkt]) expect(all).not.toContain(secret)
  expect(new Set(server.events.map(({ id }) => id)).size).toBe(server.events.length)
})
