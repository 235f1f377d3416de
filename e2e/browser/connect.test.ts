import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isFirefox } from '../support/launch.ts'
import { hold, open, outcomeOf, reaches, type Stage, setStage, signIn, stateOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.reset())
afterAll(() => stage?.close())

/** A signed-in page, and what the server was asked since. */
async function signedIn(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await stage.newContext()
  const page = await open(context, `${stage.spa.origin}/`)
  await signIn(page)
  stage.issuer.requests = []
  return { context, page }
}

interface Options {
  scopes?: string[]
  connectionId?: string
  flow?: 'popup'
}

/** Leaves to connect and waits to be back, whatever came of it. */
async function connect(page: Page, options: Options = {}, returnTo = '/settings'): Promise<void> {
  await page.evaluate(
    (options) => void auth.connections.connect({ provider: 'files', ...options }).catch(() => {}),
    { ...options, returnTo },
  )
  await page.waitForURL(stage.spa.origin + returnTo)
  await reaches(page, 'signed-in')
}

/** What a start throws, by its code. */
const startError = (page: Page, options: Options): Promise<string> =>
  page.evaluate(
    (options) =>
      auth.connections.connect({ provider: 'files', ...options }).then(
        () => 'resolved',
        (error) => error.code,
      ),
    options,
  )

const finishes = () => stage.issuer.to('/account/connections').filter(({ method }) => method === 'POST')

const connected = {
  id: expect.any(String),
  provider: 'files',
  account: { subject: 'ada', label: 'ada@files.example' },
  scopes: { requested: ['files.read'], granted: ['files.read'] },
  status: 'active',
  connectedAt: '2026-01-02T03:04:05.000Z',
}

test('V01 V08 a connect is pushed with the user’s token and proof, and comes back with whose account it is', async () => {
  const { spa, issuer } = stage
  const { page } = await signedIn()
  await connect(page)

  const [push] = issuer.to('/par')
  expect(push?.headers).toMatchObject({
    authorization: expect.stringMatching(/^DPoP /),
    dpop: expect.any(String),
  })
  expect(push?.body).toEqual({
    client_id: 'web',
    redirect_uri: `${spa.origin}/callback`,
    response_type: 'code',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^lk\.[\w-]{43}$/),
    intent: 'connect',
    provider: 'files',
  })
  expect(issuer.to('/authorize').map(({ body }) => Object.keys(body))).toEqual([['client_id', 'request_uri']])
  expect(finishes().map(({ headers }) => headers.authorization)).toEqual([expect.stringMatching(/^DPoP /)])
  expect(issuer.to('/token').filter(({ body }) => body.code)).toEqual([])
  expect(await stateOf(page)).toEqual({ status: 'signed-in', user: expect.anything(), connected })

  // Until the next start, and not beyond the page.
  await page.reload()
  await reaches(page, 'signed-in')
  expect(await stateOf(page)).not.toHaveProperty('connected')
})

test('a connect in a popup resolves to the connection, and the window is gone', async () => {
  const { spa, issuer } = stage
  spa.options = { persistence: 'memory' }
  const { context, page } = await signedIn()
  const answer = await page.evaluate(() =>
    auth.connections.connect({ provider: 'files', flow: 'popup' }).then((answer) => JSON.stringify(answer)),
  )
  expect(JSON.parse(answer)).toEqual(connected)
  expect(await stateOf(page)).toMatchObject({ connected })
  await expect.poll(() => context.pages().length).toBe(1)
  expect(page.url()).toBe(`${spa.origin}/`)

  // The next start says no more of it; a refusal is said in its place.
  issuer.outcome = { error: 'access_denied' }
  expect(await startError(page, { flow: 'popup' })).toBe('access_denied')
  expect(await stateOf(page)).toEqual({
    status: 'signed-in',
    user: expect.anything(),
    error: expect.objectContaining({ code: 'access_denied' }),
  })
  expect(issuer.account.connections).toHaveLength(1)
})

test('several accounts of one provider; one is connected anew in place, for more scopes', async () => {
  const { issuer } = stage
  const { page } = await signedIn()
  await connect(page)
  issuer.upstream = 'grace'
  await connect(page, {}, '/second')
  expect(issuer.account.connections).toHaveLength(2)

  const [first] = issuer.account.connections
  issuer.upstream = 'ada'
  await connect(page, { scopes: ['files.read', 'files.write'], connectionId: first?.id ?? '' }, '/third')
  expect(issuer.to('/par').at(-1)?.body).toMatchObject({
    provider_scope: 'files.read files.write',
    connection_id: first?.id,
  })
  expect(await stateOf(page)).toMatchObject({
    connected: { id: first?.id, scopes: { granted: ['files.read', 'files.write'] } },
  })
  const list = await page.evaluate(() => auth.connections.list())
  expect(list.map(({ account }) => account.subject).toSorted()).toEqual(['ada', 'grace'])
})

test('V09 another account than the one that was connected is an error, and what there was stays', async () => {
  const { issuer } = stage
  const { page } = await signedIn()
  await connect(page)
  const before = issuer.account.connections
  issuer.upstream = 'grace'
  await connect(page, { connectionId: `${before[0]?.id}` }, '/again')
  expect(await stateOf(page)).toMatchObject({
    error: { code: 'account_mismatch', action: 'connect', phase: 'redeem', requestId: 'req-4' },
  })
  expect(await stateOf(page)).not.toHaveProperty('connected')
  expect(issuer.account.connections).toEqual(before)
})

test('V02 a connect that comes back to another user, or to nobody, is not finished', async () => {
  const { spa, issuer } = stage
  for (const [code, leave] of [
    [
      'user_changed',
      async (context: BrowserContext) => {
        issuer.user = 'user-2'
        const other = await open(context, `${spa.origin}/`)
        await signIn(other, { returnTo: '/other' })
        await other.waitForURL(`${spa.origin}/other`)
        // The session that it replaces is told to end last.
        await expect.poll(() => issuer.to('/revoke').length).toBe(1)
      },
    ],
    [
      'signed_out',
      async (context: BrowserContext) => {
        await (await open(context, `${spa.origin}/`)).evaluate(() => auth.signOut())
      },
    ],
  ] as const) {
    issuer.user = 'user-1'
    const { context, page } = await signedIn()
    const release = hold(issuer, '/authorize')
    await page.evaluate(
      () => void auth.connections.connect({ provider: 'files', returnTo: '/settings' }).catch(() => {}),
    )
    await expect.poll(() => issuer.to('/authorize').length).toBe(1)
    issuer.intercept = undefined
    await leave(context)
    release()
    await page.waitForURL(`${spa.origin}/settings`)
    // The other tab may be heard before the journey has ended.
    await page.waitForFunction(() => globalThis.auth && auth.state.status !== 'pending')
    await expect.poll(async () => JSON.stringify(await stateOf(page))).toContain(code)
    expect(finishes()).toEqual([])
  }
})

test('B15 signing out ends a connect in a popup', async () => {
  const { issuer } = stage
  const { context, page } = await signedIn()
  const release = hold(issuer, '/authorize')
  await page.evaluate(() => {
    auth.connections
      .connect({ provider: 'files', flow: 'popup' })
      .catch((error) => Reflect.set(globalThis, 'outcome', error.code))
  })
  await expect.poll(() => issuer.to('/authorize').length).toBe(1)
  await page.evaluate(() => auth.signOut())
  release()
  await expect.poll(() => outcomeOf(page)).toBe('signed_out')
  await expect.poll(() => context.pages().length).toBe(1)
  expect(finishes()).toEqual([])
})

test('nobody connects who is not signed in', async () => {
  const page = await open(await stage.newContext(), `${stage.spa.origin}/`)
  for (const options of [{}, { flow: 'popup' }] as const)
    expect(await startError(page, options)).toBe('signed_out')
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(stage.issuer.requests).toEqual([])
})

// Firefox takes what its driver opens for opened by the user.
test.skipIf(isFirefox)('B17 a page that is merely opened does not connect', async () => {
  const { spa, issuer } = stage
  const { context } = await signedIn()
  spa.head = `<script type="module">import '/app.js'
    auth.connections.connect({ provider: 'files' }).catch((error) => console.log('connect: ' + error.code))</script>`
  const page = await context.newPage()
  const said = page.waitForEvent('console', (message) => message.text().startsWith('connect: '))
  await page.goto(`${spa.origin}/settings?connect=files`)
  expect((await said).text()).toBe('connect: gesture_missing')
  expect(issuer.to('/par')).toEqual([])
})

test('connections are read whole; what a newer server may say needs attention; disconnecting tells what the provider said', async () => {
  const { issuer } = stage
  const { page } = await signedIn()
  const account = { subject: 's-1' }
  const connection = {
    provider: 'files',
    account,
    scopes: { requested: ['a', 'b'], granted: ['a'] },
    connected_at: '2026-01-02T03:04:05Z',
  }
  issuer.account.connections = [
    { ...connection, id: 'c/1', status: 'needs_reconnect', reason: 'revoked' },
    { ...connection, id: 'c2', status: 'expiring', expires_at: '2026-02-03T04:05:06Z' },
    { ...connection, id: 'c3', status: 'asleep', last_used_at: '2026-03-04T05:06:07Z' },
  ]
  const read = { provider: 'files', account, scopes: connection.scopes }
  const connectedAt = new Date('2026-01-02T03:04:05Z')
  expect(await page.evaluate(() => auth.connections.list())).toEqual([
    { ...read, id: 'c/1', status: 'needs_reconnect', reason: 'revoked', connectedAt },
    { ...read, id: 'c2', status: 'expiring', expiresAt: new Date('2026-02-03T04:05:06Z'), connectedAt },
    {
      ...read,
      id: 'c3',
      status: 'needs_reconnect',
      connectedAt,
      lastUsedAt: new Date('2026-03-04T05:06:07Z'),
    },
  ])

  const disconnect = (id: string) => page.evaluate((id) => auth.connections.disconnect(id), id)
  expect(await disconnect('c/1')).toEqual({ revokedAtProvider: true })
  expect(issuer.account.connections.map(({ id }) => id)).toEqual(['c2', 'c3'])
  for (const revoked_at_provider of [false, 'unsupported'] as const) {
    issuer.intercept = ({ method }, response) =>
      method === 'DELETE' && !!response.writeHead(200).end(JSON.stringify({ revoked_at_provider }))
    expect(await disconnect('c2')).toEqual({ revokedAtProvider: revoked_at_provider })
  }
  issuer.intercept = undefined
  expect(await page.evaluate(() => auth.connections.disconnect('c/1').catch(({ code }) => code))).toBe(
    'not_found',
  )
})

test('an invitation goes along with a sign-in', async () => {
  const { issuer, spa } = stage
  const page = await open(await stage.newContext(), `${spa.origin}/`)
  await page.evaluate(() => void auth.signIn({ invite: 'welcome-1' }))
  await reaches(page, 'signed-in')
  expect(issuer.to('/authorize')[0]?.body).toMatchObject({ invite: 'welcome-1' })
})
