// OpenID Connect Back-Channel Logout 1.0: what a provider may end here, and what nobody may.
import {
  compose,
  type IdTokenMutator,
  logoutEvent,
  signedWith,
  withClaims,
  withHeader,
  withoutClaims,
} from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { endsOf, isAlive, sidOf } from '../logout/support.ts'
import { onPostgres } from '../support/storage.ts'
import { openRoom, type Room } from './room.ts'

let room: Room
let ada: SignedIn

beforeAll(async () => {
  room = await openRoom()
})
beforeEach(async () => {
  room.fresh()
  // The renewals of keys that the test before used up come back.
  room.clock.advance(120_000)
  room.hostile.autoApprove('user')
  ada = await signIn(room, { provider: 'oidc' })
})
afterAll(() => room?.close())

const uriOf = (id = 'oidc') => `${room.issuer}/backchannel-logout/${id}`

interface Told {
  status: number
  headers: Headers
  body: Record<string, unknown>
}
const read = async (response: Response): Promise<Told> => ({
  status: response.status,
  headers: response.headers,
  body: await response.json(),
})
type About = Parameters<Room['hostile']['sendLogout']>[0]
const send = async (about: About, spoil?: IdTokenMutator) =>
  read(await room.hostile.sendLogout({ uri: uriOf(), ...about }, spoil))
const post = async (form: Record<string, string> | string | URLSearchParams, id?: string) =>
  read(await fetch(uriOf(id), { method: 'POST', body: new URLSearchParams(form) }))

const refused = {
  error: 'invalid_request',
  error_description: expect.any(String),
  request_id: expect.any(String),
}

/** Signs in with a session id of the provider's. */
async function signInAs(sid: string, persona = 'user', provider = 'oidc'): Promise<SignedIn> {
  room.hostile.autoApprove(persona)
  room.hostile.faults.next('id_token', withClaims({ sid }))
  return signIn(room, { provider })
}

async function fates(...users: SignedIn[]): Promise<boolean[]> {
  return Promise.all(users.map((user) => isAlive(room, user)))
}

describe('R13 a logout token ends', () => {
  it('R13 A39 every session of a person at this provider, and nobody else’s', async () => {
    const again = await signIn(room, { provider: 'posted' })
    const elsewhere = await signIn(room, { provider: 'other' })
    room.hostile.autoApprove('admin')
    const grace = await signIn(room, { provider: 'oidc' })
    const { status, headers } = await send({ persona: 'user' })
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await fates(ada, again, elsewhere, grace)).toEqual([false, false, true, true])
    const rest = await elsewhere.call('GET', '/account/sessions')
    expect(rest.body.sessions).toHaveLength(1)
  })

  it('R13 one session of the provider’s, by its sid', async () => {
    const here = await signInAs('sid-1')
    const same = await signInAs('sid-1', 'admin')
    const there = await signInAs('sid-2')
    expect((await send({ sid: 'sid-1' })).status).toBe(200)
    expect(await fates(ada, here, same, there)).toEqual([true, false, false, true])
  })

  it('R13 with both, what both name', async () => {
    const here = await signInAs('sid-3')
    const grace = await signInAs('sid-3', 'admin')
    expect((await send({ persona: 'user', sid: 'sid-4' })).status).toBe(200)
    expect((await send({ persona: 'denies', sid: 'sid-3' })).status).toBe(200)
    expect(await fates(here, grace)).toEqual([true, true])
    expect((await send({ persona: 'user', sid: 'sid-3' })).status).toBe(200)
    expect(await fates(ada, here, grace)).toEqual([true, false, true])
  })

  it('R13 nothing, of somebody who was never here: that is no error', async () => {
    expect((await send({ sub: 'nobody' })).status).toBe(200)
    expect((await send({ sid: 'no-session' })).status).toBe(200)
    expect(await fates(ada)).toEqual([true])
  })

  it('R13 not what another provider vouched for, by the same names', async () => {
    const steady = await signIn(room, { provider: 'other' })
    expect((await room.steady.sendLogout({ persona: 'user', uri: uriOf('other') })).status).toBe(200)
    expect(await fates(ada, steady)).toEqual([true, false])
  })

  it('X07 the owner is told of each session, once', async () => {
    const again = await signIn(room, { provider: 'oidc' })
    await send({ persona: 'user' })
    await send({ persona: 'user' })
    const told = {
      type: 'session.revoked',
      subject: expect.stringMatching(/^usr_/),
      reason: 'signed_out_at_provider',
    }
    expect(endsOf(room, ada, again)).toHaveLength(2)
    expect(endsOf(room, ada)).toEqual([{ ...told, sid: sidOf(ada) }])
  })

  it('R13 signed by a key that took over since', async () => {
    await room.hostile.rotateKey({ drop: true })
    expect((await send({ persona: 'user' })).status).toBe(200)
    expect(await fates(ada)).toEqual([false])
  })
})

describe('R13 a logout token is refused', () => {
  it.each<[string, IdTokenMutator]>([
    [
      'alg none',
      compose(
        withHeader({ alg: 'none' }),
        signedWith(() => ({ kind: 'none' })),
      ),
    ],
    [
      'an HMAC by the client secret',
      compose(
        withHeader({ alg: 'HS256' }),
        signedWith(({ clientSecret = '' }) => ({ kind: 'hmac', secret: clientSecret })),
      ),
    ],
    ['another key', signedWith(({ stranger }) => ({ kind: 'private', key: stranger() }))],
    ['a bit turned', signedWith(({ key }) => ({ kind: 'corrupted', key }))],
    ['the type of an access token', withHeader({ typ: 'at+jwt' })],
    ['another issuer', withClaims({ iss: 'https://evil.example' })],
    ['another audience', withClaims({ aud: 'somebody' })],
    ['a further audience', withClaims({ aud: ['test-client', 'somebody'] })],
    ['no iat', withoutClaims('iat')],
    ['iat ahead', withClaims((_, { now }) => ({ iat: now + 120, exp: now + 300 }))],
    ['no exp', withoutClaims('exp')],
    ['expired', withClaims((_, { now }) => ({ iat: now - 300, exp: now - 61 }))],
    ['no events', withoutClaims('events')],
    ['another event', withClaims({ events: { 'https://evil.example/event': {} } })],
    ['an event that is no object', withClaims({ events: { [logoutEvent]: 'x' } })],
    ['nobody named', withoutClaims('sub')],
    ['an empty sid', withClaims({ sid: '' })],
    ['a nonce', withClaims({ nonce: 'n' })],
    ['no jti', withoutClaims('jti')],
    ['text', () => 'not a token'],
    ['half a token', () => 'eyJhbGciOiJSUzI1NiJ9.eyJ9'],
  ])('R13 %s', async (_, spoil) => {
    const { status, headers, body } = await send({ persona: 'user' }, spoil)
    expect([status, headers.get('cache-control'), body]).toEqual([400, 'no-store', refused])
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(await fates(ada)).toEqual([true])
  })

  it('R13 an ID token, of the provider or ours, and our access token', async () => {
    let idToken = ''
    room.hostile.faults.next('id_token', (draft) => {
      idToken = room.hostile.logoutToken({}, () => draft)
      return draft
    })
    const user = await signIn(room, { provider: 'oidc' })
    expect(idToken).toMatch(/^eyJ/)
    for (const token of [idToken, user.idToken, user.accessToken, user.refreshToken]) {
      const { status, body } = await post({ logout_token: token })
      expect([status, body]).toEqual([400, refused])
    }
    expect(await fates(ada, user)).toEqual([true, true])
  })

  it('R13 a second time, so that it does not end what began since', async () => {
    const token = room.hostile.logoutToken({ persona: 'user' })
    expect((await post({ logout_token: token })).status).toBe(200)
    const since = await signIn(room, { provider: 'oidc' })
    expect(await post({ logout_token: token })).toMatchObject({ status: 400, body: refused })
    room.clock.advance(179_000)
    expect(await post({ logout_token: token })).toMatchObject({ status: 400, body: refused })
    expect(await fates(ada, since)).toEqual([false, true])
  })

  it('R13 X07 of twenty at once one is taken, and the owner is told once', async () => {
    const token = room.hostile.logoutToken({ persona: 'user' })
    const all = await Promise.all(Array.from({ length: 20 }, () => post({ logout_token: token })))
    expect(all.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, ...Array(19).fill(400)])
    expect(await fates(ada)).toEqual([false])
    expect(endsOf(room, ada)).toHaveLength(1)
  })

  it('R13 one jti of two providers is two', async () => {
    const jti = withClaims({ jti: 'the-same' })
    const other = await signIn(room, { provider: 'other' })
    expect((await send({ persona: 'user' }, jti)).status).toBe(200)
    const { status } = await room.steady.sendLogout({ persona: 'user', uri: uriOf('other') }, jti)
    expect(status).toBe(200)
    expect(await fates(ada, other)).toEqual([false, false])
  })

  it('R13 at another provider’s address', async () => {
    expect(
      (await post({ logout_token: room.hostile.logoutToken({ persona: 'user' }) }, 'other')).status,
    ).toBe(400)
    expect(await fates(ada)).toEqual([true])
  })

  it.each(['plain', 'nobody', 'OIDC', '%00'])('R13 where no such provider sends any: %s', async (id) => {
    const { status, headers, body } = await post(
      { logout_token: room.hostile.logoutToken({ persona: 'user' }) },
      id,
    )
    expect([status, headers.get('cache-control'), body.error]).toEqual([404, 'no-store', 'not_found'])
  })
})

describe('R13 the request', () => {
  const token = () => room.hostile.logoutToken({ persona: 'user' })

  it.each<[string, () => Promise<Told>]>([
    ['without a token', () => post({})],
    ['with an empty one', () => post({ logout_token: '' })],
    ['with two', () => post(`logout_token=${token()}&logout_token=${token()}`)],
    ['with another parameter twice', () => post(`logout_token=${token()}&resource=a&resource=b`)],
    [
      'in the URL',
      async () =>
        read(
          await fetch(`${uriOf()}?logout_token=${token()}`, { method: 'POST', body: new URLSearchParams() }),
        ),
    ],
    [
      'as JSON',
      async () =>
        read(
          await fetch(uriOf(), {
            method: 'POST',
            body: JSON.stringify({ logout_token: token() }),
            headers: { 'Content-Type': 'application/json' },
          }),
        ),
    ],
    [
      'as text',
      async () =>
        read(
          await fetch(uriOf(), { method: 'POST', body: token(), headers: { 'Content-Type': 'text/plain' } }),
        ),
    ],
  ])('R13 %s: 400', async (_, request) => {
    const { status, headers, body } = await request()
    expect([status, headers.get('cache-control'), body]).toEqual([400, 'no-store', refused])
    expect(await fates(ada)).toEqual([true])
  })

  it('R13 other values may come along (section 2.5)', async () => {
    expect((await post({ logout_token: token(), more: 'x' })).status).toBe(200)
  })

  it('R13 too large: 413; other methods: 405; no CORS for anybody', async () => {
    expect((await post({ logout_token: 'x'.repeat(40_000) })).status).toBe(413)
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await fetch(uriOf(), { method, headers: { Origin: room.spa.origin } })
      expect([status, headers.get('allow')]).toEqual([405, 'POST'])
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('X06 no log line holds the token', async () => {
    const [one, two] = [token(), room.hostile.logoutToken({ persona: 'user' }, withClaims({ nonce: 'n' }))]
    await post({ logout_token: one })
    await post({ logout_token: two })
    for (const secret of [one, two]) expect(room.logs.join('\n')).not.toContain(secret)
  })
})

describe('R13 what is out does not lose a logout', () => {
  const noteFails = onPostgres
    ? [
        "alter table one_time add constraint broken check (kind <> 'logout_token') not valid",
        'alter table one_time drop constraint broken',
      ]
    : [
        "create trigger broken before insert on one_time when new.kind = 'logout_token' begin select raise(abort, 'x'); end",
        'drop trigger broken',
      ]

  async function whileBroken(broken: string, mended: string, work: () => Promise<void>): Promise<void> {
    await room.storage.query(broken)
    try {
      await work()
    } finally {
      await room.storage.query(mended)
    }
  }

  it.each([
    ['to look', 'alter table one_time rename to elsewhere', 'alter table elsewhere rename to one_time'],
    [
      'to end the sessions',
      'alter table sessions rename to elsewhere',
      'alter table elsewhere rename to sessions',
    ],
    ['to note the use', ...noteFails],
  ])(
    'R13 X07 the database fails %s: 503, and the same token is good afterwards',
    async (_, broken, mended) => {
      const token = room.hostile.logoutToken({ persona: 'user' })
      await whileBroken(broken, mended, async () => {
        const { status, headers, body } = await post({ logout_token: token })
        expect([status, body.error]).toEqual([503, 'temporarily_unavailable'])
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
        expect(headers.get('cache-control')).toBe('no-store')
      })
      expect((await post({ logout_token: token })).status).toBe(200)
      expect((await post({ logout_token: token })).status).toBe(400)
      expect(await fates(ada)).toEqual([false])
      expect(endsOf(room, ada)).toHaveLength(1)
    },
  )

  it('R13 the provider’s keys cannot be read: 503', async () => {
    const fresh = await openRoom()
    try {
      fresh.hostile.faults.always('jwks', 'http-503')
      const logout = async () =>
        fresh.hostile.sendLogout({ persona: 'user', uri: `${fresh.issuer}/backchannel-logout/oidc` })
      const { status, headers } = await logout()
      expect([status, Number(headers.get('retry-after')) > 0]).toEqual([503, true])
      fresh.hostile.faults.clear()
      fresh.clock.advance(60_000)
      expect((await logout()).status).toBe(200)
    } finally {
      await fresh.close()
    }
  })

  it('R18 X04 a flood of made-up tokens fetches next to nothing, stores nothing, and sign-in goes on', async () => {
    await send({ persona: 'user' })
    room.hostile.requests.clear()
    const rows = async () => {
      const sql = "select count(*) as n from one_time where kind = 'logout_token'"
      const [counted] = await room.storage.query(sql)
      return Number(counted?.n)
    }
    const before = await rows()
    for (let count = 0; count < 200; count++) {
      await send(
        { persona: 'user' },
        compose(
          withHeader({ kid: `made-up-${count}` }),
          signedWith(({ stranger }) => ({ kind: 'private', key: stranger() })),
        ),
      )
    }
    expect(room.hostile.requests.to('jwks').length).toBeLessThanOrEqual(2)
    // What was there may have been swept meanwhile.
    expect(await rows()).toBeLessThanOrEqual(before)
    await room.hostile.rotateKey({ drop: true })
    expect(await fates(await signIn(room, { provider: 'oidc' }))).toEqual([true])
  })
})
