import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { open, reaches, type Stage, setStage, settled, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

type Page = Awaited<ReturnType<typeof open>>

/** What a call of the client gives, or its error's code. */
const outcome = (page: Page, call: string): Promise<unknown> =>
  page.evaluate(`${call}.then((answer) => answer ?? 'done', (error) => error.code ?? String(error))`)

const session = (id: string) => ({
  id,
  client_id: 'web',
  provider: 'acme',
  device: 'Chromium',
  created_at: '2026-01-02T03:04:05Z',
  last_used_at: '2026-02-03T04:05:06Z',
  current: id === 'here',
})

test('providers are asked for once, without a session, and again after a failure', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  issuer.intercept = (_, response) => !!response.writeHead(503, { 'Retry-After': '3' }).end('{}')
  expect(await outcome(page, 'auth.providers()')).toBe('temporarily_unavailable')
  issuer.intercept = undefined
  const files = { id: 'files', name: 'Files', signIn: false, connect: true, scopes: ['files.read'] }
  const providers = [{ id: 'acme', name: 'Acme', signIn: true, connect: false }, files]
  expect(await outcome(page, 'Promise.all([auth.providers(), auth.providers()])')).toEqual([
    providers,
    providers,
  ])
  expect(await outcome(page, 'auth.providers()')).toEqual(providers)
  expect(await outcome(page, 'auth.connections.catalog()')).toEqual([files])
  expect(issuer.to('/providers')).toHaveLength(2)
  expect(issuer.to('/providers')[0]?.headers.cookie).toBeUndefined()
})

test('sessions are listed, all pages, and revoked', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  expect(await outcome(page, 'auth.sessions.list()')).toBe('signed_out')
  await signIn(page)
  issuer.account.sessions = [session('here'), session('there'), { ...session('bare'), device: undefined }]
  expect(await outcome(page, 'auth.sessions.list()')).toEqual([
    {
      id: 'here',
      clientId: 'web',
      provider: 'acme',
      device: 'Chromium',
      createdAt: new Date('2026-01-02T03:04:05Z'),
      lastUsedAt: new Date('2026-02-03T04:05:06Z'),
      current: true,
    },
    expect.objectContaining({ id: 'there', current: false }),
    expect.not.objectContaining({ device: expect.anything() }),
  ])
  expect(await outcome(page, 'auth.sessions.revoke("there")')).toBe('done')
  expect(issuer.account.sessions.map(({ id }) => id)).toEqual(['here', 'bare'])
  expect(await outcome(page, 'auth.sessions.revoke("there")')).toBe('not_found')
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})

test('B15 revoking the session that this is ends it here, in all tabs', async () => {
  const { spa, issuer } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await signIn(page)
  const other = await open(context, `${spa.origin}/`)
  const id = await page.evaluate(() => {
    const sid: unknown = auth.state.status === 'signed-in' && Reflect.get(auth.state.user, 'sid')
    if (typeof sid !== 'string') throw new Error('no sid')
    return sid
  })
  issuer.account.sessions = [session(id)]
  expect(await outcome(page, `auth.sessions.revoke(${JSON.stringify(id)})`)).toBe('done')
  for (const tab of [page, other]) {
    await reaches(tab, 'signed-out')
    expect(await stateOf(tab)).toEqual({ status: 'signed-out' })
  }
})

test('identities are listed and unlinked, but not the last one', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  const identity = { id: 'i/1', provider: 'acme', subject: 's-1', created_at: '2026-01-02T03:04:05Z' }
  issuer.account.identities = [
    { ...identity, label: 'ada@example.test' },
    { ...identity, id: 'i2' },
  ]
  const read = { provider: 'acme', subject: 's-1', createdAt: new Date('2026-01-02T03:04:05Z') }
  expect(await outcome(page, 'auth.identities.list()')).toEqual([
    { ...read, id: 'i/1', label: 'ada@example.test' },
    { ...read, id: 'i2' },
  ])
  issuer.intercept = ({ path }, response) => {
    if (path !== '/account/identities/i%2F1') return false
    response.writeHead(409, { 'Content-Type': 'application/json' })
    response.end('{"error":"last_identity","request_id":"req-9"}')
    return true
  }
  expect(await outcome(page, 'auth.identities.unlink("i/1")')).toBe('last_identity')
  expect(await outcome(page, 'auth.identities.unlink("i2")')).toBe('done')
  expect(issuer.account.identities.map(({ id }) => id)).toEqual(['i/1'])
})

test('what cannot be read is said to be so, and an outage is one', async () => {
  const { spa, issuer } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await signIn(page)
  for (const [status, body, code] of [
    [200, '{"sessions":[{"id":7}]}', 'invalid_response'],
    [200, '{"sessions":"none"}', 'invalid_response'],
    [200, JSON.stringify({ sessions: [{ ...session('x'), created_at: 'yesterday' }] }), 'invalid_response'],
    [200, '<h1>', 'network_error'],
    [503, '<h1>', 'temporarily_unavailable'],
  ] as const) {
    issuer.intercept = ({ path }, response) =>
      path === '/account/sessions' && !!response.writeHead(status).end(body)
    expect(await outcome(page, 'auth.sessions.list()')).toBe(code)
  }
  expect(await stateOf(page)).toMatchObject({ status: 'signed-in' })
})

test('a part of the client that does not come is an error that may be tried again', async () => {
  const { spa } = stage
  const context = await stage.newContext()
  const page = await open(context, `${spa.origin}/`)
  await context.setOffline(true)
  for (const call of ['auth.signIn()', 'auth.signIn({ flow: "popup" })', 'auth.providers()'])
    expect(await outcome(page, call)).toBe('load_failed')
  // The window that was opened for it is gone again.
  expect(context.pages()).toHaveLength(1)
  expect(await stateOf(page)).toEqual({ status: 'signed-out' })
  await context.setOffline(false)
  // A Chromium of before (153 does, 156 does not) keeps what failed to load for as long as the page lives.
  if (Number.parseInt(stage.browser.version(), 10) < 156) await page.reload()
  await settled(page)
  await signIn(page)
})
