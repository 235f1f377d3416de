// The database or the provider fails in the middle of a connect: nothing is lost, nothing is left at the provider.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  connect,
  connectionsOf,
  finish,
  lives,
  openRoom,
  type Room,
  revoked,
  type SignedIn,
  signIn,
  travelConnect,
} from './support.ts'

let room: Room
let user: SignedIn
beforeEach(async () => {
  room = await openRoom()
  user = await signIn(room.server, { provider: 'oidc' })
  return () => room.close()
})

const unavailable = { status: 503, body: { error: 'temporarily_unavailable' } }

/** What is asked of one table fails, until the function that it gives is called. */
async function losing(table: string): Promise<() => Promise<void>> {
  const rename = async (from: string, to: string) => {
    await room.server.storage.query(`alter table ${from} rename to ${to}`)
  }
  await rename(table, `${table}_away`)
  return () => rename(`${table}_away`, table)
}

/** Waits out everything that could still be due; what was revoked is dead, and nothing was revoked twice. */
async function expectRevoked(count: number): Promise<void> {
  await room.timers.pass(180_000)
  expect(revoked(room)).toHaveLength(count)
  for (const token of revoked(room)) expect(await lives(room, token)).toBe(false)
}

describe('the database fails', () => {
  it('when tokens are to be put into quarantine: the app is told, and they are revoked at once', async () => {
    const back = await losing('quarantine')
    const { answer } = await travelConnect(room.server, user)
    expect(answer.get('error')).toBe('temporarily_unavailable')
    expect(answer.get('error_description')).toMatch(/connecting/)
    expect(revoked(room)).toHaveLength(1)
    await back()
    await expectRevoked(1)
  })

  it('when the connection is to be made: 503, and the tokens are revoked when they are due', async () => {
    const trip = await travelConnect(room.server, user)
    const back = await losing('connections')
    expect(await finish(user, trip)).toMatchObject(unavailable)
    await back()
    expect(await connectionsOf(user)).toEqual([])
    await expectRevoked(1)
  })

  it('when a refused connect is to be given up: refused all the same, and revoked when it is due', async () => {
    const trip = await travelConnect(room.server, user)
    const back = await losing('quarantine')
    const wrong = { ...trip, code_verifier: 'v'.repeat(43) }
    expect(await finish(user, wrong)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    await back()
    await expectRevoked(1)
  })

  it('when an account is to be disconnected: 503, and it is as connected as before', async () => {
    const connection = await connect(room.server, user)
    const back = await losing('quarantine')
    expect(await user.call('DELETE', `/account/connections/${connection.id}`)).toMatchObject(unavailable)
    await back()
    expect(await connectionsOf(user)).toEqual([connection])
    expect(revoked(room)).toEqual([])
    expect((await user.call('DELETE', `/account/connections/${connection.id}`)).status).toBe(200)
    await expectRevoked(1)
  })

  it('when a user is to be erased: 503, the user is there still, and erasing works once it is back', async () => {
    const connection = await connect(room.server, user)
    const back = await losing('quarantine')
    expect(await user.call('DELETE', '/account')).toMatchObject(unavailable)
    await back()
    expect(await connectionsOf(user)).toEqual([connection])
    expect((await user.call('DELETE', '/account')).status).toBe(204)
    await expectRevoked(1)
  })

  it('when the worker looks: it looks again', async () => {
    await travelConnect(room.server, user)
    const back = await losing('quarantine')
    await room.timers.pass(120_000)
    expect(revoked(room)).toEqual([])
    await back()
    await expectRevoked(1)
  })
})

describe('the provider fails', () => {
  it.each([
    ['http-503', 'temporarily_unavailable'],
    ['invalid-client', 'provider_error'],
  ] as const)('%s: the app is told, and nothing is kept', async (fault, error) => {
    room.provider.faults.next('token', fault)
    const { answer } = await travelConnect(room.server, user)
    expect(answer.get('error')).toBe(error)
    expect(await connectionsOf(user)).toEqual([])
    await expectRevoked(0)
  })
})
