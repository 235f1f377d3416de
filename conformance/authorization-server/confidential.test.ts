// A confidential client proves itself wherever it calls.
import { createHash } from 'node:crypto'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask, serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken, redemptionOf, type Spa, startOf, travel } from '../support/spa.ts'

let clock: TestClock
let provider: FakeProvider
let server: Running
let spa: Spa
const app = serviceWithSecret('app')
const other = serviceWithSecret('other')

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: app.id, secret: app.secret },
        { ...client, id: other.id, secret: other.secret },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
  spa = { ...server.spa, clientId: app.id }
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

async function signIn() {
  const trip = await travel(spa, createBrowser(clock), { provider: 'oidc' })
  const { status, body } = await postToken(spa, { ...redemptionOf(spa, trip), ...app.inBody })
  expect(status).toBe(200)
  return String(body.refresh_token)
}

/** What each endpoint is asked; the answer of the one that is asked rightly. */
const calls: Record<string, () => Promise<{ path: string; params: Record<string, string>; right: number }>> =
  {
    'for a code': async () => ({
      path: 'token',
      params: redemptionOf(spa, await travel(spa, createBrowser(clock), { provider: 'oidc' })),
      right: 200,
    }),
    'on refresh': async () => ({
      path: 'token',
      params: { grant_type: 'refresh_token', refresh_token: await signIn() },
      right: 200,
    }),
    'at /par': async () => ({ path: 'par', params: startOf(spa, { provider: 'oidc' }).params, right: 201 }),
    'at /revoke': async () => ({ path: 'revoke', params: { token: await signIn() }, right: 200 }),
  }

describe.each(Object.entries(calls))('A25 a confidential client %s', (_, prepare) => {
  it('A25 is refused without its secret, and nothing is used up', async () => {
    const { path, params, right } = await prepare()
    const url = `${server.issuer}/${path}`
    const { client_id: __, ...anonymous } = params
    const attempts: [string, Record<string, string>, Record<string, string>?][] = [
      ['without', { ...params, client_id: app.id }],
      ['with an empty one', { ...params, ...app.inBody, client_secret: '' }],
      ['with another’s', { ...params, ...app.inBody, client_secret: other.secret }],
      ['with a wrong one, by Basic', anonymous, serviceWithSecret(app.id, 'x').basic],
      ['with its hash', { ...params, ...app.inBody, client_secret: hashOf(app.secret) }],
      ['with half a Basic', anonymous, { Authorization: `Basic ${Buffer.from(app.id).toString('base64')}` }],
      [
        'with an assertion',
        {
          ...anonymous,
          ...serviceWithKey(
            app.id,
            () => server.issuer,
            () => clock.now(),
          ).signed(),
        },
      ],
    ]
    for (const [how, sent, headers] of attempts) {
      const { status, body, headers: answered } = await ask(url, sent, headers)
      expect([status, body.error], how).toEqual([401, 'invalid_client'])
      expect(answered.get('www-authenticate'), how).toMatch(/^Basic /)
    }
    const twice = await ask(url, { ...anonymous, ...app.inBody }, app.basic)
    expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request'])
    expect((await ask(url, { ...anonymous, client_id: app.id }, app.basic)).status).toBe(right)
  })

  it('A25 is not stood in for by another one that proves itself', async () => {
    const { path, params } = await prepare()
    const asOther = { ...params, client_id: other.id }
    const { status, body } = await ask(`${server.issuer}/${path}`, asOther, other.basic)
    if (path === 'token') expect([status, body.error]).toEqual([400, 'invalid_grant'])
    // RFC 7009 section 2.1: not another client's token; the answer tells nothing.
    if (path === 'revoke') {
      expect(status).toBe(200)
      const refresh = { grant_type: 'refresh_token', refresh_token: params.token ?? '' }
      expect((await ask(`${server.issuer}/token`, refresh, app.basic)).status).toBe(200)
    }
    if (path === 'par') {
      expect(status).toBe(201)
      const bring = { client_id: app.id, request_uri: String(body.request_uri) }
      const page = await createBrowser(clock).visit(`${server.issuer}/authorize`, {
        ...{ method: 'POST', form: bring, from: `${spaOrigin}/` },
      })
      expect(page.next).toBeUndefined()
    }
  })
})

it('A25 a secret is kept as a hash: it is in no log', async () => {
  await signIn()
  expect(server.logs.join()).not.toContain(app.secret)
})
