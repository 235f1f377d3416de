// Accounts are disconnected by their user, by an operator, or with their user: what the provider is asked, and when.
import { createLatchkey, silentLogger } from '@latchkey/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Operator, startOperator } from '../support/operator.ts'
import {
  connect,
  connectionsOf,
  finish,
  lives,
  openRoom,
  pass,
  type Room,
  revoked,
  type Shown,
  type SignedIn,
  signIn,
  signInAs,
  startRevocationEndpoint,
  travelConnect,
  typesOf,
} from './support.ts'

let room: Room
let user: SignedIn
let endpoint: Awaited<ReturnType<typeof startRevocationEndpoint>>
let operator: Operator
beforeAll(async () => {
  operator = await startOperator()
})
afterAll(() => operator?.close())
beforeEach(async () => {
  endpoint = await startRevocationEndpoint()
  room = await openRoom((provider) => {
    const connecting = { ...provider.oidc, sign_in: false, connect: true }
    return {
      providers: {
        oidc: provider.oidc,
        elsewhere: { ...connecting, revocation_endpoint: endpoint.url },
        wholesale: { ...connecting, revocation_ends_account: true },
      },
    }
  })
  user = await signIn(room.server, { provider: 'oidc' })
  return async () => {
    await room.close()
    await endpoint.close()
  }
})
afterEach(() => expect(room.server.logs.join()).not.toContain('"level":50'))

const disconnect = (by: SignedIn, { id }: Pick<Shown, 'id'>) =>
  by.call('DELETE', `/account/connections/${id}`)
const removals = () => room.server.events.filter(({ type }) => type === 'connection.removed')
const idsIn = (events: readonly { data: Record<string, unknown> }[]) =>
  new Set(events.flatMap(({ data }) => data.connection_id ?? []))
const subOf = async (by: SignedIn) => String((await by.call('GET', '/account')).body.sub)

describe('disconnecting', () => {
  it('V10 revokes at the provider, deletes, and says what the provider answered', async () => {
    const connection = await connect(room.server, user)
    expect(await disconnect(user, connection)).toMatchObject({
      ...{ status: 200, body: { revoked_at_provider: true } },
    })
    const [token = ''] = revoked(room)
    expect(revoked(room)).toHaveLength(1)
    expect(await lives(room, token)).toBe(false)
    expect(room.provider.requests.last('revocation')?.headers.authorization).toMatch(/^Basic /)
    expect(await connectionsOf(user)).toEqual([])
    expect(removals()).toMatchObject([
      {
        ...{ actor: await subOf(user), subject: await subOf(user) },
        data: { connection_id: connection.id, provider: 'calendar', revoked_at_provider: true },
      },
    ])
    expect((await disconnect(user, connection)).status).toBe(404)
    await pass(room, 30)
    expect(revoked(room), 'once').toHaveLength(1)
  })

  it('V10 at a provider that revokes nothing says so', async () => {
    const connection = await connect(room.server, user, { provider: 'plain', provider_scope: 'files' })
    expect((await disconnect(user, connection)).body).toEqual({ revoked_at_provider: 'unsupported' })
    expect(await connectionsOf(user)).toEqual([])
    expect(removals()).toMatchObject([{ data: { revoked_at_provider: 'unsupported' } }])
  })

  it('V10 at a provider that fails says so, and asks again until it does not', async () => {
    const connection = await connect(room.server, user, { provider: 'elsewhere' })
    endpoint.answerWith(503)
    expect((await disconnect(user, connection)).body).toEqual({ revoked_at_provider: false })
    expect(await connectionsOf(user)).toEqual([])
    expect(removals()).toMatchObject([{ data: { revoked_at_provider: false } }])
    await room.timers.pass(20_000)
    expect(endpoint.tokens).toHaveLength(1)
    await room.timers.pass(20_000)
    expect(endpoint.tokens).toHaveLength(2)
    endpoint.answerWith(200)
    await room.timers.pass(300_000)
    expect(endpoint.tokens).toHaveLength(3)
    await pass(room, 30)
    expect(new Set(endpoint.tokens).size, 'always the same token').toBe(1)
    expect(endpoint.tokens, 'not once more').toHaveLength(3)
    expect(typesOf(room.server)).not.toContain('connection.revocation_failed')
  })

  it('V10 gives up after a day, and tells somebody', async () => {
    const connection = await connect(room.server, user, { provider: 'elsewhere' })
    endpoint.answerWith(500)
    await disconnect(user, connection)
    await pass(room, 23)
    expect(typesOf(room.server)).not.toContain('connection.revocation_failed')
    // Every look here is one try, so that the early ones take longer than they would.
    await pass(room, 10)
    expect(room.server.events.at(-1)).toMatchObject({
      ...{
        type: 'connection.revocation_failed',
        subject: await subOf(await signIn(room.server, { provider: 'oidc' })),
      },
      data: { provider: 'elsewhere' },
    })
    const asked = endpoint.tokens.length
    expect(asked).toBeLessThan(40)
    await pass(room, 24)
    expect(endpoint.tokens).toHaveLength(asked)
  })

  it('V10 what is to be revoked survives a restart', async () => {
    const connection = await connect(room.server, user, { provider: 'elsewhere' })
    endpoint.answerWith(503)
    await disconnect(user, connection)
    await room.server.latchkey.close()
    endpoint.answerWith(200)
    await room.timers.pass(600_000)
    expect(endpoint.tokens, 'a closed server asks nobody').toHaveLength(1)
    const again = await createLatchkey(
      {
        issuer: room.server.issuer,
        secrets: [...room.server.serverSecrets],
        storage: room.server.storage.url,
        clients: [],
        providers: {
          elsewhere: {
            ...room.provider.oidc,
            sign_in: false,
            connect: true,
            revocation_endpoint: endpoint.url,
          },
        },
      },
      { logger: silentLogger, clock: room.server.clock, timers: room.timers },
    )
    try {
      await room.timers.pass(10_000)
      expect(endpoint.tokens).toHaveLength(2)
    } finally {
      await again.close()
    }
  })

  it('V10 spares an account that lives in another connection, where revoking would end that, too', async () => {
    const other = await signInAs(room, 'admin')
    room.provider.autoApprove('user')
    const mine = await connect(room.server, user, { provider: 'wholesale' })
    const theirs = await connect(room.server, other, { provider: 'wholesale' })
    expect((await disconnect(user, mine)).body).toEqual({ revoked_at_provider: 'unsupported' })
    expect(revoked(room)).toEqual([])
    expect((await disconnect(other, theirs)).body).toEqual({ revoked_at_provider: true })
    expect(revoked(room)).toHaveLength(1)
  })

  it('the same account is connected anew as another connection', async () => {
    const first = await connect(room.server, user)
    await disconnect(user, first)
    const second = await connect(room.server, user)
    expect(second.id).not.toBe(first.id)
    await room.timers.pass(200_000)
    expect(revoked(room)).toHaveLength(1)
    expect(await connectionsOf(user)).toEqual([second])
  })
})

describe('a user who goes', () => {
  /** Two connections, and one that is not finished. */
  async function connectTwo() {
    const first = await connect(room.server, user)
    room.provider.autoApprove('admin')
    const second = await connect(room.server, user)
    const half = await travelConnect(room.server, user, { provider: 'both' })
    return { ids: new Set([first.id, second.id]), half }
  }
  const expectAllRevoked = async () => {
    await room.timers.pass(10_000)
    expect(revoked(room)).toHaveLength(2)
    await room.timers.pass(90_000)
    expect(revoked(room), 'the unfinished one, too').toHaveLength(3)
    for (const token of revoked(room)) expect(await lives(room, token)).toBe(false)
  }

  it('V10 erases themselves: every connection is revoked', async () => {
    const sub = await subOf(user)
    const { ids } = await connectTwo()
    expect((await user.call('DELETE', '/account')).status).toBe(204)
    expect(idsIn(removals())).toEqual(ids)
    expect(removals()[0]).toMatchObject({
      ...{ actor: sub, subject: sub, data: { revoked_at_provider: 'queued', reason: 'user_erased' } },
    })
    await expectAllRevoked()
  })

  it('V10 erases themselves while a connect is being finished: nothing slips through', async () => {
    for (let round = 0; round < 5; round++) {
      room.provider.autoApprove('user')
      const one = await signIn(room.server, { provider: 'oidc' })
      await connect(room.server, one)
      room.provider.autoApprove('admin')
      const half = await travelConnect(room.server, one)
      room.provider.requests.clear()
      const [, erased] = await Promise.all([finish(one, half), one.call('DELETE', '/account')])
      expect(erased.status).toBe(204)
      await room.timers.pass(110_000)
      expect(new Set(revoked(room)).size).toBe(2)
      for (const token of revoked(room)) expect(await lives(room, token)).toBe(false)
    }
  })

  it('V10 A39 is erased by an operator: every connection is revoked', async () => {
    const sub = await subOf(user)
    const { ids, half } = await connectTwo()
    const { code, events } = await operator.run(room.server, ['users', 'erase', sub, '--yes'])
    expect(code).toBe(0)
    const told = events.filter(({ type }) => type === 'connection.removed')
    expect(idsIn(told)).toEqual(ids)
    expect(told[0]).toMatchObject({ actor: 'operator', subject: sub })
    expect((await finish(user, half)).status).toBe(401)
    await expectAllRevoked()
  })

  it('V10 A39 is disabled: every connection is revoked, and none comes back', async () => {
    const sub = await subOf(user)
    const { ids, half } = await connectTwo()
    const { code, events } = await operator.run(room.server, ['users', 'disable', sub])
    expect(code).toBe(0)
    expect(events.map(({ type }) => type)).toEqual([
      'user.disabled',
      'connection.removed',
      'connection.removed',
    ])
    expect(idsIn(events)).toEqual(ids)
    expect((await finish(user, half)).status).toBe(401)
    await expectAllRevoked()
    await operator.run(room.server, ['users', 'enable', sub])
    room.provider.autoApprove('user')
    expect(await connectionsOf(await signIn(room.server, { provider: 'oidc' }))).toEqual([])
  })

  it('V10 with another secret than the server’s, an operator loses nothing', async () => {
    const sub = await subOf(user)
    await connectTwo()
    const wrong = { secrets: [Buffer.alloc(32, 7).toString('base64url')] }
    for (const args of [
      ['users', 'erase', sub, '--yes'],
      ['connections', 'disconnect', '--user', sub],
    ]) {
      expect((await operator.run(room.server, args, wrong)).code, args.join(' ')).toBe(1)
    }
    expect(await connectionsOf(user)).toHaveLength(2)
  })
})

describe('latchkey connections', () => {
  it('lists, shows and disconnects, and leaves the revoking to the server', async () => {
    const sub = await subOf(user)
    const first = await connect(room.server, user)
    room.server.clock.advance(1)
    const second = await connect(room.server, user, { provider: 'plain', provider_scope: 'files' })
    const run = (...args: string[]) => operator.run(room.server, ['connections', ...args])
    const inFull = ({ id, ...rest }: Shown) => ({ id, user: sub, ...rest })
    expect((await run('list')).printed).toEqual({ connections: [second, first].map(inFull) })
    expect((await run('list', '--user', sub, '--provider', 'plain')).printed).toEqual({
      connections: [inFull(second)],
    })
    expect((await run('list', '--user', 'usr_nobody')).code).toBe(1)
    expect((await run('show', first.id)).printed).toEqual(inFull(first))
    expect((await run('show', 'con_none')).code).toBe(1)
    expect((await run('disconnect')).code).toBe(2)

    expect(await run('disconnect', first.id)).toMatchObject({
      code: 0,
      printed: { disconnected: [first.id], revoked_at_provider: 'queued' },
      events: [
        {
          ...{ type: 'connection.removed', actor: 'operator', subject: sub },
          data: { connection_id: first.id, provider: 'calendar', revoked_at_provider: 'queued' },
        },
      ],
    })
    expect(await connectionsOf(user)).toEqual([second])
    expect(revoked(room)).toEqual([])
    await room.timers.pass(10_000)
    expect(revoked(room)).toHaveLength(1)
    expect((await run('disconnect', '--user', sub, '--provider', 'plain')).printed).toEqual({
      ...{ disconnected: [second.id], revoked_at_provider: 'queued' },
    })
    expect(await connectionsOf(user)).toEqual([])
  })
})
