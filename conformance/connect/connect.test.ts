// A signed-in user connects accounts of theirs: what comes of it, and how it is shown.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { formsIn } from '../support/forms.ts'
import { answerIn, start, startOf, travel } from '../support/spa.ts'
import {
  connect,
  connectionsOf,
  finish,
  lives,
  openRoom,
  push,
  type Room,
  revoked,
  type SignedIn,
  shownIn,
  signIn,
  signInAs,
  travelConnect,
  typesOf,
} from './support.ts'

let room: Room
let user: SignedIn
beforeEach(async () => {
  room = await openRoom()
  user = await signIn(room.server, { provider: 'oidc' })
  return () => room.close()
})
afterEach(() => expect(room.server.logs.join()).not.toContain('"level":50'))

describe('connecting', () => {
  it('V08 makes a connection of the account, and says which account it is', async () => {
    const trip = await travelConnect(room.server, user)
    expect(await connectionsOf(user), 'nothing is connected before it is finished').toEqual([])
    const { status, headers, body } = await finish(user, trip)
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store'])
    expect(body).toEqual({
      id: expect.stringMatching(/^con_/),
      provider: 'calendar',
      account: { subject: 'fake-user-ada', label: 'ada@example.com' },
      scopes: {
        requested: ['email', 'calendar.read'],
        granted: expect.arrayContaining(['email', 'calendar.read']),
      },
      status: 'active',
      connected_at: new Date(room.server.clock.now()).toISOString(),
    })
    expect(await connectionsOf(user)).toEqual([body])
    const { accessToken: _, ...event } = {
      ...room.server.events.find(({ type }) => type === 'connection.created'),
      accessToken: undefined,
    }
    const sub = String((await user.call('GET', '/account')).body.sub)
    expect(event).toMatchObject({
      ...{ actor: sub, subject: sub },
      data: { connection_id: body.id, provider: 'calendar', scopes: shownIn(body).scopes.granted },
    })
    expect(JSON.stringify(event)).not.toContain('ada@')
    expect(revoked(room)).toEqual([])
  })

  it('is no way to sign in, and makes no user', async () => {
    room.provider.autoApprove('admin')
    await connect(room.server, user)
    expect(typesOf(room.server, 'user.created')).toHaveLength(1)
    expect((await user.call('GET', '/account/identities')).body.identities).toHaveLength(1)
  })

  it('several accounts of one provider, each on its own', async () => {
    const first = await connect(room.server, user)
    room.provider.autoApprove('admin')
    room.server.clock.advance(1)
    const second = await connect(room.server, user)
    expect(second.id).not.toBe(first.id)
    expect(await connectionsOf(user)).toEqual([second, first])
    expect(typesOf(room.server)).toEqual(['connection.created', 'connection.created'])
  })

  it('the same account again keeps its row, with what is new', async () => {
    const first = await connect(room.server, user)
    room.server.clock.advance(60_000)
    const trip = await travelConnect(room.server, user, { provider_scope: 'email' })
    const again = await finish(user, trip)
    expect(again).toMatchObject({ status: 200, body: { id: first.id, scopes: { requested: ['email'] } } })
    expect(await connectionsOf(user)).toEqual([{ ...first, scopes: again.body.scopes }])
    expect(typesOf(room.server)).toEqual(['connection.created', 'connection.updated'])
  })

  it('the same account of two users is two connections', async () => {
    const other = await signInAs(room, 'admin')
    room.provider.autoApprove('user')
    const [mine, theirs] = [await connect(room.server, user), await connect(room.server, other)]
    expect(theirs.id).not.toBe(mine.id)
    expect(await connectionsOf(other)).toEqual([theirs])
  })

  it('finishes in a newer session of the same user', async () => {
    const trip = await travelConnect(room.server, user)
    const later = await signIn(room.server, { provider: 'oidc' })
    expect((await finish(later, trip)).status).toBe(201)
  })

  it('asks for what the app names, in place of what is configured', async () => {
    const shown = await connect(room.server, user, { provider_scope: 'email  calendar.write email' })
    expect(shown.scopes.requested).toEqual(['email', 'calendar.write'])
    const sent = room.provider.requests.last('authorize')?.query.get('scope')?.split(' ')
    expect(sent).toEqual(expect.arrayContaining(['openid', 'email', 'calendar.write']))
    expect(sent).not.toContain('calendar.read')
  })

  it('X04 lists page by page, the newest first', async () => {
    for (const persona of ['user', 'admin', 'no-email']) {
      room.provider.autoApprove(persona)
      room.server.clock.advance(1)
      await connect(room.server, user)
    }
    const whole = (await user.call('GET', '/account/connections')).body
    expect(whole).not.toHaveProperty('next_cursor')
    const first = (await user.call('GET', '/account/connections?limit=2')).body
    const rest = (await user.call('GET', `/account/connections?limit=2&cursor=${String(first.next_cursor)}`))
      .body
    expect([first.connections, rest.connections].flat()).toEqual(whole.connections)
    expect((await user.call('GET', '/account/connections?limit=0')).status).toBe(400)
  })

  it('an account without a label is shown by its subject alone', async () => {
    const shown = await connect(room.server, user, { provider: 'plain', provider_scope: 'files' })
    expect(shown).toMatchObject({ provider: 'plain', account: { subject: '1001' } })
  })
})

describe('connecting anew', () => {
  it('asks for what was asked for before, and for more', async () => {
    const first = await connect(room.server, user)
    const more = await connect(room.server, user, {
      ...{ connection_id: first.id, provider_scope: 'calendar.write email' },
    })
    expect(more.id).toBe(first.id)
    expect(more.scopes.requested).toEqual(['email', 'calendar.read', 'calendar.write'])
    expect((await connect(room.server, user, { connection_id: first.id })).scopes.requested).toEqual(
      more.scopes.requested,
    )
    expect(await connectionsOf(user)).toHaveLength(1)
  })

  it('V09 with another account is refused, and the old one stays as it is', async () => {
    const before = await connect(room.server, user)
    room.provider.autoApprove('admin')
    const trip = await travelConnect(room.server, user, { connection_id: before.id })
    expect(await finish(user, trip)).toMatchObject({ status: 409, body: { error: 'account_mismatch' } })
    expect(await connectionsOf(user)).toEqual([before])
    await room.timers.pass(10_000)
    const [token = ''] = revoked(room)
    expect(revoked(room)).toHaveLength(1)
    expect(await lives(room, token), 'the other account’s tokens').toBe(false)
    expect(room.server.events.at(-1)).toMatchObject({
      ...{ type: 'connection.refused', data: { provider: 'calendar', reason: 'account_mismatch' } },
    })
    expect(await finish(user, trip), 'the code is burned').toMatchObject({ status: 400 })
  })

  it('is refused once it was disconnected meanwhile', async () => {
    const { id } = await connect(room.server, user)
    const trip = await travelConnect(room.server, user, { connection_id: id })
    expect((await user.call('DELETE', `/account/connections/${id}`)).status).toBe(200)
    expect(await finish(user, trip)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await connectionsOf(user)).toEqual([])
  })

  it('V09 needs a connection of this user and this provider', async () => {
    const mine = await connect(room.server, user)
    const other = await signInAs(room, 'admin')
    const theirs = await connect(room.server, other)
    for (const changes of [
      { connection_id: theirs.id },
      { connection_id: mine.id, provider: 'both' },
      { connection_id: 'con_unknown' },
      { connection_id: '' },
    ]) {
      expect(await push(room.server, user, changes), JSON.stringify(changes)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    }
  })
})

describe('the start', () => {
  it.each([
    ['without a provider', { provider: undefined }, 'invalid_request'],
    ['at a provider that only signs in', { provider: 'oidc' }, 'invalid_request'],
    ['at an unknown provider', { provider: 'nope' }, 'invalid_request'],
    ['with an unknown intent', { intent: 'steal' }, 'invalid_request'],
    ['R34 with a scope that is none', { provider_scope: 'a "b"' }, 'invalid_scope'],
    ['R34 with scopes too long', { provider_scope: 'x'.repeat(1025) }, 'invalid_request'],
    ['A07 without a challenge', { code_challenge: undefined }, 'invalid_request'],
    ['R14 with max_age that cannot be proved', { provider: 'plain', max_age: '1' }, 'invalid_request'],
  ])('%s is refused', async (_, changes, error) => {
    expect(await push(room.server, user, changes)).toMatchObject({ status: 400, body: { error } })
  })

  it('links nothing at a provider that is only there to connect', async () => {
    expect(await push(room.server, user, { intent: 'link' })).toMatchObject({
      ...{ status: 400, body: { error: 'invalid_request' } },
    })
  })

  it('V01 is no GET, and needs the user’s access token and its proof', async () => {
    const { params } = startOf(room.server.spa, { provider: 'calendar', intent: 'connect' })
    const query = new URLSearchParams(params)
    expect((await fetch(`${room.server.issuer}/par?${query}`)).status).toBe(405)
    const bare = await fetch(`${room.server.issuer}/par`, { method: 'POST', body: query })
    expect(bare.status).toBe(401)
    const unproved = await fetch(`${room.server.issuer}/par`, {
      ...{ method: 'POST', body: query },
      headers: { Authorization: `DPoP ${user.accessToken}` },
    })
    expect(unproved.status).toBe(401)
    expect(room.provider.requests.to('authorize').filter(({ query: sent }) => sent.has('calendar'))).toEqual(
      [],
    )
  })

  it('V01 is never an authorize request alone: a connect-only provider signs nobody in', async () => {
    const browser = createBrowser(room.server.clock)
    const trip = await travel(room.server.spa, browser, { provider: 'calendar', intent: 'connect' })
    expect(trip.answer.get('error')).toBe('invalid_request')
    const both = await travel(room.server.spa, browser, { provider: 'both', intent: 'connect' })
    const body = { code: both.answer.get('code') ?? '', code_verifier: both.verifier }
    expect(await finish(user, body), 'this was a sign-in').toMatchObject({ status: 400 })
    expect(await connectionsOf(user)).toEqual([])
  })

  it('is in no list of ways to sign in', async () => {
    const page = await start(
      room.server.spa,
      createBrowser(room.server.clock),
      startOf(room.server.spa).params,
    )
    const offered = formsIn(page).flatMap(({ fields }) => fields.map(([, value]) => value))
    expect(page.body).not.toMatch(/calendar|plain/i)
    expect(offered.length + page.body.length).toBeGreaterThan(0)
    const list: unknown = await (await fetch(`${room.server.issuer}/providers?client_id=web`)).json()
    expect(list).toMatchObject({
      providers: expect.arrayContaining([
        {
          id: 'calendar',
          name: 'Calendar',
          sign_in: false,
          connect: true,
          scopes: ['email', 'calendar.read'],
        },
      ]),
    })
  })
})

describe('what a person and an app read when it fails', () => {
  it('is about connecting', async () => {
    room.provider.autoApprove('denies')
    const { answer } = await travelConnect(room.server, user)
    expect(answer.get('error')).toBe('access_denied')
    expect(answer.get('error_description')).toMatch(/connecting/)
    expect(typesOf(room.server, 'sign_in.failed')).toEqual([])

    room.provider.autoApprove('user')
    const { requestUri } = await push(room.server, user)
    const form = { client_id: 'web', request_uri: requestUri }
    const url = `${room.server.issuer}/authorize`
    const forged = await user.browser.visit(url, { method: 'POST', form, origin: 'https://evil.example' })
    expect(forged).toMatchObject({ status: 403, next: undefined })
    expect(forged.body).toMatch(/connect/i)
    expect(forged.body.replaceAll(/\breq_[\w-]+/g, '')).not.toMatch(/sign/i)

    const begun = await start(room.server.spa, user.browser, form)
    const before = await user.browser.follow(begun, ({ pathname }) => pathname.startsWith('/callback/'))
    const stranger = await createBrowser(room.server.clock).visit(before.next ?? '')
    expect([stranger.status, stranger.body]).toEqual([403, expect.not.stringMatching(/sign[- ]in/i)])
    const cookies = user.browser.cookies()
    const done = await user.browser.visit(before.next ?? '')
    expect(answerIn(done.next).has('code')).toBe(true)
    for (const { name, value } of cookies) user.browser.setCookie(url, `${name}=${value}; Path=/`)
    const twice = await user.browser.visit(before.next ?? '')
    expect([twice.status, twice.body]).toEqual([400, expect.not.stringMatching(/sign[- ]in/i)])
  })
})
