// With nothing played: people sign in, link and connect by OAuth 1.0a, and services use what is connected.
import { createVault, type Vault } from '@latchkey/verify/vault'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrive } from '../account/arrive.ts'
import { linkTrip } from '../account/support.ts'
import { connect, connectionsOf, pass, type Shown, type SignedIn, signIn } from '../connect/support.ts'
import { apiOf, openSignedRoom, proxied, type SignedRoom, signed } from './support.ts'

let room: SignedRoom
let ada: SignedIn
let vault: Vault

beforeAll(async () => {
  room = await openSignedRoom()
  ada = await signIn(room.server, { provider: 'oidc' })
  const { issuer, clock } = room.server
  const { id, secret } = room.reports
  vault = createVault({ ...{ issuer, id, secret, clock }, cacheSeconds: 0 })
})
afterAll(() => room?.close())
beforeEach(() => {
  room.provider.autoApprove('user')
  room.provider.requests.clear()
})

describe('A person', () => {
  it('R01 signs in, and is the same one the next time', async () => {
    const first = await arrive(room.server, { provider: 'old' })
    expect(first).toMatch(/^usr_/)
    expect(await arrive(room.server, { provider: 'old' })).toBe(first)
    room.provider.autoApprove('admin')
    expect(await arrive(room.server, { provider: 'old' })).not.toBe(first)
  })

  it('V02 links an account, and signs in with it', async () => {
    room.provider.autoApprove('no-email')
    const trip = await linkTrip(room.server, ada, 'old')
    const { code, code_verifier } = trip
    const { status, body } = await ada.call('POST', '/account/identities', { code, code_verifier })
    expect([status, body]).toMatchObject([201, { provider: 'old' }])
    expect(await arrive(room.server, { provider: 'old' })).toBe(decodeJwt(ada.accessToken).sub)
  })

  it('says no, and the app is told', async () => {
    room.provider.autoApprove('denies')
    expect(await arrive(room.server, { provider: 'old' })).toBe('access_denied')
    expect(room.provider.requests.to('access_token')).toEqual([])
  })
})

describe('A connected account', () => {
  let connection: Shown
  beforeAll(async () => {
    room.provider.autoApprove('user')
    connection = await connect(room.server, ada, { provider: 'old' })
  })
  const whose = () => ({ connectionId: connection.id })

  it('V03 is there, by its name, and does not end', async () => {
    expect(connection).toMatchObject({ provider: 'old', account: { subject: '1001', label: 'ada' } })
    expect(connection).not.toHaveProperty('expires_at')
    await pass(room, 3)
    ada = await signIn(room.server, { provider: 'oidc' })
    expect((await vault.fetch(whose(), apiOf(room))).status).toBe(200)
    room.server.events.splice(0)
  })

  it('V09 gives its token to nobody', async () => {
    const { status, body } = await room.reports.token(connection.id)
    expect([status, body.error]).toEqual([400, 'unsupported_token_type'])
    await expect(vault.token(whose())).rejects.toMatchObject({ code: 'unsupported_token_type' })
    expect(await room.mailer.token(connection.id)).toMatchObject({ status: 403 })
    expect(room.server.events.filter(({ type }) => type === 'connection.handed_out')).toEqual([])
  })

  it('signs what a service sends', async () => {
    const url = apiOf(room, '/items?b=2&a=1%202&a=%C3%BC')
    const answer = await signed(room, room.reports, connection.id, { method: 'GET', url })
    expect(answer).toMatchObject({ status: 200, body: { authorization: /^OAuth / } })
    const authorization = String(answer.body.authorization)
    const response = await fetch(url, { headers: { authorization } })
    expect(await response.json()).toMatchObject({ account: 'fake-user-ada', path: '/api/items' })
    // Once, and for nothing else.
    expect((await fetch(url, { headers: { authorization } })).status).toBe(401)
    const ends = Date.parse(String(answer.body.expires_at))
    expect(ends).toBe(room.server.clock.now() + 60_000)
    expect(room.server.events.at(-1)).toMatchObject({
      ...{ type: 'connection.handed_out', actor: 'reports' },
      data: { connection_id: connection.id, sign_host: new URL(url).host },
    })
  })

  it('is called by vault.fetch, forms and all', async () => {
    const get = await vault.fetch(whose(), apiOf(room, "/x?q=it's+(fine)!*"))
    expect(await get.json()).toMatchObject({ method: 'GET', query: [['q', "it's (fine)!*"]] })
    const form = new URLSearchParams({ status: 'Hello & welcome +1', emoji: '\u{1f600}', empty: '' })
    const post = await vault.fetch(whose(), apiOf(room, '/x?a=1'), { method: 'POST', body: form })
    expect(await post.json()).toMatchObject({ query: [['a', '1']], form: [...form] })
    const json = await vault.fetch(whose(), apiOf(room), {
      ...{ method: 'PUT', body: '{"a":1}' },
      headers: { 'content-type': 'application/json' },
    })
    expect(json.status).toBe(200)
    expect(room.provider.requests.last('api')?.body).toBe('{"a":1}')
  })

  it('is called by way of the proxy', async () => {
    const response = await proxied(room, connection.id, '/api/y?b=%20&a=', {
      method: 'POST',
      body: new URLSearchParams({ z: 'a b', y: '=&' }),
    })
    expect(response.headers.get('latchkey-upstream')).toBe(new URL(room.provider.origin).host)
    expect(await response.json()).toMatchObject({
      form: [
        ['z', 'a b'],
        ['y', '=&'],
      ],
    })
    const stream = await proxied(room, connection.id, '/api/y', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ large: 'x'.repeat(200_000) }),
    })
    expect(stream.status).toBe(200)
    expect((await vault.proxy(whose(), apiOf(room))).status).toBe(200)
  })

  it('R26 refuses a form that is too large to be signed', async () => {
    const response = await proxied(room, connection.id, '/api/y', {
      method: 'POST',
      body: new URLSearchParams({ large: 'x'.repeat(70_000) }),
    })
    expect([response.status, await response.json()]).toMatchObject([413, { error: 'invalid_request' }])
    expect(room.provider.requests.to('api')).toEqual([])
  })

  it.each<[string, number, string, (api: string) => object]>([
    ['another host', 403, 'access_denied', () => ({ method: 'GET', url: 'https://evil.example/' })],
    [
      'the protocol itself',
      403,
      'access_denied',
      (api) => ({ method: 'POST', url: api.replace('/api', '/oauth1/access_token') }),
    ],
    [
      'a parameter of ours',
      403,
      'access_denied',
      (api) => ({ method: 'POST', url: api, form: 'oauth_verifier=x' }),
    ],
    [
      'another scheme',
      400,
      'invalid_request',
      (api) => ({ method: 'GET', url: api.replace('http:', 'https:') }),
    ],
    [
      'user information',
      400,
      'invalid_request',
      (api) => ({ method: 'GET', url: api.replace('://', '://a@') }),
    ],
    ['no URL', 400, 'invalid_request', () => ({ method: 'GET', url: '/me' })],
    ['no method', 400, 'invalid_request', (api) => ({ url: api })],
    ['a method of its own', 400, 'invalid_request', (api) => ({ method: 'GET\r\nx', url: api })],
    ['a form that is none', 400, 'invalid_request', (api) => ({ method: 'POST', url: api, form: { a: 1 } })],
  ])('V01 is no signature for %s', async (_, status, error, body) => {
    const answer = await signed(room, room.reports, connection.id, body(apiOf(room)))
    expect(answer).toMatchObject({ status, body: { error } })
  })

  it('V01 signs nothing for a service that may not use it, or of another kind', async () => {
    const request = { method: 'GET', url: apiOf(room) }
    expect(await signed(room, room.mailer, connection.id, request)).toMatchObject({ status: 403 })
    expect(await signed(room, room.reports, 'con_none', request)).toMatchObject({ status: 404 })
    const other = await connect(room.server, ada, { provider: 'calendar' })
    expect(await signed(room, room.reports, other.id, request)).toMatchObject({
      ...{ status: 400, body: { error: 'unsupported_token_type' } },
    })
  })

  it('V01 with PLAINTEXT is called by way of the proxy alone, since its signature is its secrets', async () => {
    const plain = await connect(room.server, ada, { provider: 'plaintext' })
    const request = { method: 'GET', url: apiOf(room) }
    expect(await signed(room, room.reports, plain.id, request)).toMatchObject({
      ...{ status: 400, body: { error: 'unsupported_token_type' } },
    })
    expect((await proxied(room, plain.id, '/api')).status).toBe(200)
    expect((await vault.fetch({ connectionId: plain.id }, apiOf(room))).status).toBe(200)
  })

  it('V07 outlives a 401 that its token is not to blame for', async () => {
    room.server.clock.advance(61_000)
    expect(await room.reports.report(connection.id, { status: 401 })).toMatchObject({
      ...{ status: 200, body: { status: 'active' } },
    })
    room.provider.faults.next('userinfo', 'http-503')
    expect(await room.reports.report(connection.id, { status: 401 })).toMatchObject({
      body: { status: 'active' },
    })
  })

  it('V07 needs its user once the provider takes it no more', async () => {
    room.provider.revokeGrant({ protocol: 'oauth1' })
    const response = await vault.fetch(whose(), apiOf(room))
    expect(response.status).toBe(401)
    const fresh = await signIn(room.server, { provider: 'oidc' })
    expect((await connectionsOf(fresh)).find(({ id }) => id === connection.id)).toMatchObject({
      ...{ status: 'needs_reconnect', reason: 'token_refused' },
    })
    await expect(vault.fetch(whose(), apiOf(room))).rejects.toMatchObject({ code: 'needs_reconnect' })
    const again = await connect(room.server, fresh, { provider: 'old', connection_id: connection.id })
    expect(again.id).toBe(connection.id)
    expect((await vault.fetch(whose(), apiOf(room))).status).toBe(200)
  })

  it('V10 is disconnected, and the provider has nothing to be told', async () => {
    const fresh = await signIn(room.server, { provider: 'oidc' })
    const { body } = await fresh.call('DELETE', `/account/connections/${connection.id}`)
    expect(body).toEqual({ revoked_at_provider: 'unsupported' })
  })
})
