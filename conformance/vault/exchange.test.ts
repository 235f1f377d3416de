import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask } from '../support/service.ts'
import { postToken, provedToken, redemptionOf, travel } from '../support/spa.ts'
import { type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

const api = 'https://api.example.com'
const billing = 'https://billing.example.com'
let clock: TestClock
let idp: FakeProvider
let provider: SingleUseProvider
let server: Running
let database: Database
let reports: VaultCaller
let bills: VaultCaller
let homeless: VaultCaller
let user: { accessToken: string; idToken: string; refreshToken: string; id: string }

beforeAll(async () => {
  clock = testClock()
  idp = await createFakeProvider({ clock, autoApprove: 'user' })
  provider = await startSingleUseProvider()
  const secret = newSecret()
  const caller = (id: string) => vaultCaller(id, () => server.issuer)
  reports = caller('reports')
  bills = caller('bills')
  homeless = caller('homeless')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [api, billing] }
  const vault = { p: ['read'] }
  server = await startLatchkey(
    () => ({
      secrets: [secret],
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' as const },
      ],
      services: [
        { id: 'reports', secret: reports.secret, resource: api, vault },
        { id: 'bills', secret: bills.secret, resource: billing, vault },
        { id: 'homeless', secret: homeless.secret, vault },
      ],
      providers: { idp: idp.oidc, p: provider.entry },
    }),
    { clock },
  )
  database = await openDatabase(server.storage, secret)
  user = await signIn()
})
afterAll(async () => {
  await database?.close()
  await server?.close()
  await Promise.all([idp?.close(), provider?.close()])
})
beforeEach(() => void server.events.splice(0))

async function signIn(clientId = 'plain', more: Record<string, string> = {}) {
  const spa = { ...server.spa, clientId }
  const trip = await travel(spa, createBrowser(clock), { provider: 'idp' })
  const redemption = { ...redemptionOf(spa, trip), ...more }
  const { status, body } =
    clientId === 'web'
      ? await provedToken(spa, await createDpopKey(clock.now), redemption)
      : await postToken(spa, redemption)
  expect(status).toBe(200)
  const accessToken = String(body.access_token)
  return {
    accessToken,
    idToken: String(body.id_token),
    refreshToken: String(body.refresh_token),
    id: String(decodeJwt(accessToken).sub),
  }
}

let count = 0
async function connected(userId: string, about: object = {}): Promise<string> {
  const id = `con_${++count}`
  const now = clock.now()
  const lives = { obtainedAt: now, expiresAt: now + 3_600_000 }
  await database.connect(id, provider.grant(id), { userId, ...lives, ...about })
  return id
}
const exchange = (params: Record<string, string> = {}, by = reports) =>
  by.exchange({ subject_token: user.accessToken, audience: 'p', ...params })

describe('V13 a service exchanges a user’s token for that user’s token at a provider', () => {
  it('with the one connection there is; the service is told as the actor', async () => {
    expect(await exchange()).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
    const id = await connected(user.id)
    const { status, body, headers } = await exchange({ scope: 'read' })
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...{ access_token: `at.${id}.1`, token_type: 'Bearer', expires_in: 3600, scope: 'read' },
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        connection_id: id,
      },
    })
    expect(headers.get('cache-control')).toBe('no-store')
    const { sid } = decodeJwt(user.accessToken)
    expect(server.events).toMatchObject([
      {
        ...{ type: 'connection.handed_out', actor: 'reports', subject: user.id },
        data: { connection_id: id, session_id: sid },
      },
    ])
    // DPoP binds the user's token to the browser; the service needs no proof, it is authenticated itself.
    const bound = await signIn('web')
    expect((await exchange({ subject_token: bound.accessToken })).status).toBe(200)
  })

  it('by name where there are several', async () => {
    const id = await connected(user.id)
    expect((await exchange()).body).toMatchObject({ error: 'invalid_target' })
    expect((await exchange({ connection_id: id })).body).toMatchObject({ connection_id: id })
  })

  it('for no connection of anybody else', async () => {
    await database.user('usr_other')
    const id = await connected('usr_other')
    expect((await exchange({ connection_id: id })).body).toMatchObject({ error: 'invalid_target' })
    expect(server.events).toEqual([])
  })

  it('for nothing that its policy does not list, and no wider', async () => {
    const id = await connected(user.id, { grantedScopes: ['read', 'write'] })
    expect((await exchange({ connection_id: id })).body).toMatchObject({ error: 'invalid_target' })
    const narrow = await connected(user.id)
    const wider = await exchange({ connection_id: narrow, scope: 'read write' })
    expect(wider).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    expect((await exchange({ audience: 'idp' })).body).toMatchObject({ error: 'invalid_target' })
  })

  it.each<[string, () => string | Promise<string>]>([
    ['an ID token', () => user.idToken],
    ['a refresh token', () => user.refreshToken],
    ['a service’s own token', () => reports.ownToken()],
    ['no token at all', () => 'nothing'],
    [
      'a token made out to another service',
      async () => (await signIn('plain', { resource: billing })).accessToken,
    ],
    [
      'a token of a session that has ended',
      async () => {
        const { accessToken, refreshToken } = await signIn()
        await ask(`${server.issuer}/revoke`, { token: refreshToken, client_id: 'plain' })
        return accessToken
      },
    ],
  ])('with no %s', async (_, subject) => {
    const { status, body } = await exchange({ subject_token: await subject() })
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_request' })
    expect(server.events.filter(({ type }) => type === 'connection.handed_out')).toEqual([])
  })

  it('with no token that has expired', async () => {
    const { accessToken } = await signIn()
    const { exp = 0, iat = 0 } = decodeJwt(accessToken)
    clock.advance((exp - iat) * 1000)
    expect((await exchange({ subject_token: accessToken })).body).toMatchObject({ error: 'invalid_request' })
    user = await signIn()
  })

  it.each<[Record<string, string>, string]>([
    [{ subject_token: '' }, 'invalid_request'],
    [{ subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, 'invalid_request'],
    [{ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, 'invalid_request'],
    [{ audience: '' }, 'invalid_request'],
    [{ actor_token: 'x' }, 'invalid_request'],
    [{ resource: api }, 'invalid_target'],
  ])('as it is written: %j', async (params, error) => {
    expect(await exchange(params)).toMatchObject({ status: 400, body: { error } })
  })

  it('when it has a resource, and is a service', async () => {
    expect((await exchange({}, homeless)).body).toMatchObject({ error: 'unauthorized_client' })
    const params = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      ...{ subject_token: user.accessToken, audience: 'p', client_id: 'plain' },
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    }
    expect(await ask(`${server.issuer}/token`, params)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
  })

  it('or hears in the words of the grant that its user has to connect again', async () => {
    const id = await connected(user.id, { expiresAt: clock.now() })
    provider.revoke(id)
    const { status, body } = await exchange({ connection_id: id })
    expect({ status, ...body }).toMatchObject({ status: 400, error: 'invalid_grant', reason: 'revoked' })
  })

  it('as the metadata says', async () => {
    const response = await fetch(`${server.issuer}/.well-known/oauth-authorization-server`)
    const { grant_types_supported } = await response.json()
    expect(grant_types_supported).toContain('urn:ietf:params:oauth:grant-type:token-exchange')
  })
})

describe('V12 the vault is for services alone', () => {
  const call = async (authorization: string | undefined, id: string) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization }
    const answers = []
    for (const [method, path] of [
      ['GET', ''],
      ['POST', `/${id}/token`],
      ['POST', `/${id}/report`],
    ] as const) {
      const response = await fetch(`${server.issuer}/vault/connections${path}`, {
        method,
        headers: { ...headers, Origin: spaOrigin },
      })
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      answers.push([response.status, (await response.json()).error])
    }
    return answers
  }
  const refused = Array.from({ length: 3 }, () => [401, 'invalid_token'])

  it('a user’s token opens nothing of it, not even the user’s own', async () => {
    const id = await connected(user.id)
    const mine = await signIn('web')
    for (const token of [user.accessToken, user.idToken, user.refreshToken, mine.accessToken]) {
      expect(await call(`Bearer ${token}`, id)).toEqual(refused)
      expect(await call(`DPoP ${token}`, id)).toEqual(refused)
    }
    const own = await reports.ownToken()
    expect(await call(undefined, id)).toEqual(refused)
    expect(await call(`Basic ${Buffer.from(`reports:${reports.secret}`).toString('base64')}`, id)).toEqual(
      refused,
    )
    expect(await call(`DPoP ${own}`, id)).toEqual(refused)
    expect(await call(`Bearer ${own}A`, id)).toEqual(refused)
  })

  it('a service’s own token opens it until it ends', async () => {
    const id = await connected(user.id)
    const token = await vaultCaller('reports', () => server.issuer).ownToken()
    expect((await call(`Bearer ${token}`, id)).map(([status]) => status)).toEqual([200, 200, 400])
    const { exp = 0 } = decodeJwt(token)
    clock.advance(exp * 1000 - clock.now() - 1)
    expect((await call(`Bearer ${token}`, id))[0]?.[0]).toBe(200)
    clock.advance(1)
    expect(await call(`Bearer ${token}`, id)).toEqual(refused)
    user = await signIn()
  })

  it('nor once its key is gone', async () => {
    const id = await connected(user.id)
    const token = await vaultCaller('reports', () => server.issuer).ownToken()
    expect((await call(`Bearer ${token}`, id))[1]?.[0]).toBe(200)
    await server.latchkey.rotateKeys('revoke')
    expect(await call(`Bearer ${token}`, id)).toEqual(refused)
  })
})
