import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, startOf, travel } from '../support/spa.ts'
import { linkTrip, type SignedIn, signIn } from './support.ts'

let provider: FakeProvider
let server: Running
beforeAll(async () => {
  provider = await createFakeProvider()
})
afterAll(() => provider?.close())
// Users begin anew with each test.
beforeEach(async () => {
  provider.autoApprove('user')
  server = await startLatchkey(() => ({
    linking: 'separate',
    providers: { oidc: provider.oidc, plain: provider.oauth2 },
  }))
  return () => server.close()
})

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

const refresh = (user: SignedIn) =>
  provedToken(server.spa, user.key, {
    grant_type: 'refresh_token',
    client_id: 'web',
    refresh_token: user.refreshToken,
  })

describe('/account', () => {
  it('shows the user’s own data and nobody else', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const { status, headers, body } = await user.call('GET', '/account')
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(headers.get('access-control-allow-origin')).toBe(server.spa.origin)
    expect(body).toMatchObject({
      sub: expect.stringMatching(/^usr_/),
      name: expect.any(String),
      email_verified: true,
    })
    expect((await fetch(`${server.issuer}/account`)).status).toBe(401)
  })

  it('A39 50 erases everything at once', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const elsewhere = await signIn(server, { provider: 'oidc' })
    expect((await user.call('DELETE', '/account')).status).toBe(204)
    for (const one of [user, elsewhere]) {
      expect((await one.call('GET', '/account')).status).toBe(401)
      expect(await refresh(one)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    }
    expect(server.events.map(({ type }) => type)).toContain('user.erased')
    const again = await signIn(server, { provider: 'oidc' })
    const [before, after] = [user, again].map(({ accessToken }) => accessToken.split('.')[1] ?? '')
    expect(JSON.parse(atob(after ?? '')).sub).not.toBe(JSON.parse(atob(before ?? '')).sub)
  })
})

describe('/account/sessions', () => {
  it('A39 lists them, the newest first, and says which is this one', async () => {
    const first = await signIn(server, { provider: 'oidc' })
    server.clock.advance(1000)
    const second = await signIn(server, { provider: 'oidc' })
    const { body } = await second.call('GET', '/account/sessions')
    expect(body).toMatchObject({
      sessions: [
        { client_id: 'web', provider: 'oidc', current: true, created_at: expect.stringMatching(/Z$/) },
        { current: false },
      ],
    })
    expect((await first.call('GET', '/account/sessions')).body).toMatchObject({
      sessions: [{ current: false }, { current: true }],
    })
  })

  it('A39 tells of device, provider and last use as they are', async () => {
    const began = new Date(server.clock.now()).toISOString()
    const user = await signIn(server, { provider: 'plain' }, { 'User-Agent': firefox })
    server.clock.advance(60_000)
    await refresh(user)
    const { body } = await user.call('GET', '/account/sessions')
    expect(body).toEqual({
      sessions: [
        {
          ...{ id: expect.stringMatching(/^ses_/), client_id: 'web', provider: 'plain', current: true },
          ...{ device: 'Firefox on Linux', created_at: began },
          last_used_at: new Date(server.clock.now()).toISOString(),
        },
      ],
    })
  })

  it('X04 page by page, each once', async () => {
    const users: SignedIn[] = []
    for (let count = 0; count < 3; count += 1) users.push(await signIn(server, { provider: 'oidc' }))
    const [user] = users
    if (user === undefined) throw new Error('nobody signed in')
    const whole = (await user.call('GET', '/account/sessions')).body
    expect(whole).not.toHaveProperty('next_cursor')
    const first = (await user.call('GET', '/account/sessions?limit=2')).body
    const rest = (await user.call('GET', `/account/sessions?limit=2&cursor=${String(first.next_cursor)}`))
      .body
    expect(rest).not.toHaveProperty('next_cursor')
    expect([first.sessions, rest.sessions].flat()).toEqual(whole.sessions)
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'limit=', 'cursor=x', 'cursor=', 'limit=1&limit=2'])(
    'A21 X12 refuses ?%s',
    async (query) => {
      const user = await signIn(server, { provider: 'oidc' })
      expect(await user.call('GET', `/account/sessions?${query}`)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    },
  )

  it('A39 ends one, here or elsewhere, at once', async () => {
    const here = await signIn(server, { provider: 'oidc' })
    const there = await signIn(server, { provider: 'oidc' })
    const listed = await there.call('GET', '/account/sessions')
    const current = JSON.stringify(listed.body).match(/"id":"(ses_[\w-]+)"[^}]*"current":true/)?.[1]
    expect((await here.call('DELETE', `/account/sessions/${current}`)).status).toBe(204)
    expect((await there.call('GET', '/account')).status).toBe(401)
    expect(await refresh(there)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect((await refresh(here)).status).toBe(200)
    expect((await here.call('DELETE', `/account/sessions/${current}`)).status).toBe(404)
    expect(server.events.filter(({ type }) => type === 'session.revoked')).toHaveLength(1)
  })

  it('A39 ends all, this one included', async () => {
    const here = await signIn(server, { provider: 'oidc' })
    const there = await signIn(server, { provider: 'oidc' })
    expect((await here.call('DELETE', '/account/sessions')).status).toBe(204)
    for (const one of [here, there]) {
      expect((await one.call('GET', '/account')).status).toBe(401)
      expect(await refresh(one)).toMatchObject({ body: { error: 'invalid_grant' } })
    }
  })

  it('A39 knows nobody else’s', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    provider.autoApprove('admin')
    const other = await signIn(server, { provider: 'oidc' })
    const { body } = await other.call('GET', '/account/sessions')
    const id = /ses_[\w-]+/.exec(JSON.stringify(body))?.[0]
    expect((await user.call('DELETE', `/account/sessions/${id}`)).status).toBe(404)
    expect((await other.call('GET', '/account')).status).toBe(200)
  })
})

describe('/account/identities', () => {
  it('links a second way to sign in to the same user, and takes one away again', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    server.clock.advance(1)
    const { code, code_verifier } = await linkTrip(server, user, 'plain')
    const linked = await user.call('POST', '/account/identities', { code, code_verifier })
    expect(linked).toMatchObject({
      status: 201,
      body: { id: expect.any(String), provider: 'plain', subject: expect.any(String) },
    })

    const { body } = await user.call('GET', '/account')
    const otherWay = await signIn(server, { provider: 'plain' })
    expect((await otherWay.call('GET', '/account')).body.sub).toBe(body.sub)

    const { body: list } = await user.call('GET', '/account/identities')
    expect(list).toMatchObject({ identities: [{ provider: 'oidc' }, { provider: 'plain' }] })
    const [first, second] = JSON.stringify(list).match(/idn_[\w-]+/g) ?? []
    expect((await user.call('DELETE', `/account/identities/${first}`)).status).toBe(204)
    expect(await user.call('DELETE', `/account/identities/${second}`)).toMatchObject({
      status: 409,
      body: { error: 'last_identity' },
    })
    expect(server.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['identity.linked', 'identity.unlinked']),
    )
  })

  it('V10 27 an identity that was taken away signs nobody in to the old user', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    await user.call('POST', '/account/identities', await linkTrip(server, user, 'plain'))
    const { body } = await user.call('GET', '/account/identities')
    const plain = /idn_[\w-]+(?=","provider":"plain")/.exec(JSON.stringify(body))?.[0]
    expect((await user.call('DELETE', `/account/identities/${plain}`)).status).toBe(204)
    const after = await signIn(server, { provider: 'plain' })
    expect((await after.call('GET', '/account')).body.sub).not.toBe(
      (await user.call('GET', '/account')).body.sub,
    )
  })

  it('V09 an identity of another user is refused and both stay as they are', async () => {
    const owner = await signIn(server, { provider: 'plain' })
    const user = await signIn(server, { provider: 'oidc' })
    const answer = await user.call('POST', '/account/identities', await linkTrip(server, user, 'plain'))
    expect(answer).toMatchObject({ status: 409, body: { error: 'identity_in_use' } })
    expect((await user.call('GET', '/account/identities')).body).toMatchObject({
      identities: [{ provider: 'oidc' }],
    })
    expect((await owner.call('GET', '/account/identities')).body).toMatchObject({
      identities: [{ provider: 'plain' }],
    })
    expect(server.events.at(-1)).toMatchObject({
      type: 'identity.refused',
      data: { reason: 'identity_in_use' },
    })
  })

  it('3.8 V02 10 a link that the attacker began and the victim travelled is nobody’s', async () => {
    const attacker = await signIn(server, { provider: 'oidc' })
    provider.autoApprove('admin')
    const victim = await signIn(server, { provider: 'oidc' })
    // The victim's browser follows the attacker's link to the end, with the attacker's challenge in it.
    const trip = await linkTrip(server, attacker, 'plain', victim.browser)
    expect(trip.code).not.toBe('')
    const finished = await victim.call('POST', '/account/identities', trip)
    expect(finished).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await attacker.call('POST', '/account/identities', trip), 'the code is burned').toMatchObject({
      status: 400,
    })
    for (const one of [attacker, victim]) {
      expect((await one.call('GET', '/account/identities')).body).toMatchObject({
        identities: [{ provider: 'oidc' }],
      })
    }
  })

  it('V03 a link needs the browser that began it', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const { params } = startOf(server.spa, { provider: 'plain', intent: 'link', scope: undefined })
    const htu = `${server.issuer}/par`
    const pushed = await fetch(htu, {
      method: 'POST',
      body: new URLSearchParams(params),
      headers: {
        Authorization: `DPoP ${user.accessToken}`,
        DPoP: await user.key.proof({ htm: 'POST', htu, accessToken: user.accessToken }),
      },
    })
    const { request_uri = '' }: { request_uri?: string } = await pushed.json()
    const begun = await user.browser.visit(`${server.issuer}/authorize`, {
      method: 'POST',
      form: { client_id: 'web', request_uri },
      from: server.spa.origin,
    })
    const stranger = createBrowser()
    const last = await stranger.follow(await stranger.visit(begun.next ?? ''))
    expect(last).toMatchObject({ status: 403, next: undefined })
  })

  it('a code of one kind is no code of the other, and burned', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const trip = await travel(server.spa, user.browser, { provider: 'oidc' })
    const body = { code: trip.answer.get('code'), code_verifier: trip.verifier }
    expect(await user.call('POST', '/account/identities', body)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(await provedToken(server.spa, user.key, redemptionOf(server.spa, trip))).toMatchObject({
      body: { error: 'invalid_grant' },
    })
    const link = await linkTrip(server, user, 'plain')
    const redemption = redemptionOf(server.spa, { answer: link.answer, verifier: link.code_verifier })
    expect(await provedToken(server.spa, user.key, redemption)).toMatchObject({
      body: { error: 'invalid_grant' },
    })
    expect(await user.call('POST', '/account/identities', link)).toMatchObject({ status: 400 })
  })

  it('finishes in a newer session of the same user', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const link = await linkTrip(server, user, 'plain')
    const later = await signIn(server, { provider: 'oidc' })
    expect((await later.call('POST', '/account/identities', link)).status).toBe(201)
  })

  it.each([[{}], [{ code: 'x' }], [{ code: 1, code_verifier: 'y' }], [[]], ['x']])(
    'X12 refuses the body %j',
    async (body) => {
      const user = await signIn(server, { provider: 'oidc' })
      expect(await user.call('POST', '/account/identities', body)).toMatchObject({ status: 400 })
    },
  )

  it('V01 a link never begins by /authorize alone', async () => {
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc', intent: 'link' })
    // An unknown parameter there: this is a sign-in like any other.
    expect((await postToken(server.spa, redemptionOf(server.spa, trip))).body.error).toBe(
      'invalid_dpop_proof',
    )
  })
})
