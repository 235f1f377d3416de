// A whole story with nothing played: a person connects an account, a service uses it by @latchkey/verify/vault, the provider
// rotates, answers 401 and is taken back by the person, and the owner's backend hears of it by webhooks.
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createVault, type Vault, VaultError } from '@latchkey/verify/vault'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, connectionsOf, openRoom, type Room, type SignedIn, signIn } from '../connect/support.ts'
import { startOperator } from '../support/operator.ts'
import { serviceWithSecret } from '../support/service.ts'

const reports = serviceWithSecret('reports')
const hookSecret = randomBytes(32)
const received: { type: string; subject?: string; data: Record<string, unknown> }[] = []
let hooks: Server
let hookStatus = 204
let room: Room
let ada: SignedIn
let vault: Vault

beforeAll(async () => {
  hooks = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers
      const mac = createHmac('sha256', hookSecret).update(`${id}.${at}.${body}`).digest('base64')
      if (signature !== `v1,${mac}`) hookStatus = 400
      if (hookStatus === 204) received.push(JSON.parse(body))
      response.writeHead(hookStatus).end()
    })
  }).listen(0, '127.0.0.1')
  await once(hooks, 'listening')
  const address = hooks.address()
  const port = typeof address === 'object' ? address?.port : undefined
  room = await openRoom(
    () => ({
      services: [{ id: reports.id, secret: reports.secret, vault: { calendar: ['*'] } }],
      webhooks: [{ url: `http://127.0.0.1:${port}/`, secret: `whsec_${hookSecret.toString('base64')}` }],
    }),
    { refreshTokens: { issue: 'always', rotate: true, reuse: 'revoke' } },
  )
  ada = await signIn(room.server, { provider: 'oidc' })
  const { issuer, clock } = room.server
  vault = createVault({ issuer, id: reports.id, secret: reports.secret, clock, cacheSeconds: 0 })
})
afterAll(async () => {
  await room?.close()
  hooks?.closeAllConnections()
  hooks?.close()
})

const userId = () => String(decodeJwt(ada.accessToken).sub)
const whose = () => ({ user: userId(), provider: 'calendar' })
const call = () => vault.fetch(whose(), `${room.provider.endpoints.api}/events`)
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof VaultError ? [error.code, error.reason] : error),
  )
/** What the backend has heard since it was asked the last time. */
async function heard(): Promise<string[]> {
  await room.timers.pass(2_000)
  return received.splice(0).map(({ type }) => type)
}

describe('V12 V14 an account, from connecting to disconnecting', () => {
  it('is nobody’s to use before it is connected', async () => {
    expect(await codeOf(vault.token(whose()))).toEqual(['no_connection', undefined])
    expect(await heard()).toEqual(['user.created', 'user.signed_in', 'session.created'])
  })

  it('is used by the service, in whose hands alone the token is', async () => {
    const { id } = await connect(room.server, ada)
    const response = await call()
    expect([response.status, await response.json()]).toMatchObject([200, { path: expect.any(String) }])
    const { accessToken, connectionId } = await vault.token(whose())
    expect(connectionId).toBe(id)
    expect(JSON.stringify([await connectionsOf(ada), room.server.logs, room.server.events])).not.toContain(
      accessToken,
    )
    expect(await heard()).toEqual(['connection.created'])
  })

  it('is renewed when its token is over, once for all who ask', async () => {
    const before = await vault.token(whose())
    room.server.clock.advance(3_600_000)
    const tokens = await Promise.all(Array.from({ length: 20 }, () => vault.token(whose())))
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(tokens[0]?.accessToken).not.toBe(before.accessToken)
    expect(room.provider.requests.to('refresh')).toHaveLength(1)
    expect((await call()).status).toBe(200)
    // Her own access token is over, too.
    ada = await signIn(room.server, { provider: 'oidc' })
    expect(await heard()).toEqual(['user.signed_in', 'session.created'])
  })

  it('that its person takes back at the provider is found out by the first 401, and told once', async () => {
    // Refused right after a renewal it would be the token’s fault.
    room.server.clock.advance(120_000)
    hookStatus = 503
    room.provider.revokeGrant()
    expect((await call()).status).toBe(401)
    expect(await codeOf(vault.token(whose()))).toEqual(['needs_reconnect', 'revoked'])
    expect(await codeOf(call())).toEqual(['needs_reconnect', 'revoked'])
    expect(await connectionsOf(ada)).toMatchObject([{ status: 'needs_reconnect', reason: 'revoked' }])
    expect(await heard()).toEqual([])
  })

  it('is told of although the backend was down then', async () => {
    hookStatus = 204
    await room.timers.pass(10_000)
    expect(received.splice(0)).toMatchObject([
      {
        type: 'connection.needs_reconnect',
        subject: userId(),
        data: { provider: 'calendar', reason: 'revoked' },
      },
    ])
  })

  it('works again once its person has connected it anew', async () => {
    const [broken] = await connectionsOf(ada)
    const { id, status } = await connect(room.server, ada, { connection_id: broken?.id })
    expect([id, status]).toEqual([broken?.id, 'active'])
    expect((await call()).status).toBe(200)
    expect(await heard()).toEqual(['connection.updated'])
  })

  it('is gone when it is disconnected, and its tokens at the provider', async () => {
    const { accessToken } = await vault.token(whose())
    const [{ id } = { id: '' }] = await connectionsOf(ada)
    const { status, body } = await ada.call('DELETE', `/account/connections/${id}`)
    expect([status, body]).toEqual([200, { revoked_at_provider: true }])
    expect(await codeOf(vault.token(whose()))).toEqual(['no_connection', undefined])
    const response = await fetch(`${room.provider.endpoints.api}/events`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    })
    expect(response.status).toBe(401)
    expect(await heard()).toEqual(['connection.removed'])
  })

  it('what an operator does beside the server reaches the backend too', async () => {
    const operator = await startOperator()
    try {
      const address = hooks.address()
      const port = typeof address === 'object' ? address?.port : undefined
      await operator.run(room.server, ['users', 'disable', userId()], {
        webhooks: [{ url: `http://127.0.0.1:${port}/`, secret: `whsec_${hookSecret.toString('base64')}` }],
      })
    } finally {
      await operator.close()
    }
    room.server.clock.advance(60_000)
    expect(await heard()).toContain('user.disabled')
  })
})
