// Services that follow the ends of sessions, services that do not, and a Latchkey that comes and goes.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createVerifier, type RevocationsOptions, type Verifier } from '@latchkey/verify'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { runningClock, type TestClock, testClock } from '../support/clock.ts'
import { startFleet } from '../support/fleet.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask, serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'
import { bearer, outcome } from './call.ts'
import { audience } from './issuer.ts'
import { closeAll, startReports } from './room.ts'
import { type Framework, frameworks, type Service } from './service.ts'

const refused = '401 invalid_token'
const reports = serviceWithSecret('reports', 'a:secret+of %32 characters or more')
/** So rarely that in these tests nothing is asked but by hand. */
const rarely = { everySeconds: 300 }
const bySecret: RevocationsOptions = { id: reports.id, secret: reports.secret, ...rarely }
let clock: TestClock
let provider: FakeProvider
let server: Running
const keyed = serviceWithKey(
  'keyed',
  () => server.issuer,
  () => clock.now(),
)
const clients = [
  {
    ...{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] },
    ...{ resources: [audience], dpop: 'off' as const },
  },
]

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  server = await startLatchkey(
    () => ({
      clients,
      services: [
        { id: reports.id, secret: reports.secret },
        { id: keyed.id, jwks: keyed.jwks },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

interface SignedIn {
  accessToken: string
  refreshToken: string
  sid: string
}
async function signIn(spa: Spa = server.spa, at: TestClock = clock): Promise<SignedIn> {
  const trip = await travel(spa, createBrowser(at), { provider: 'oidc' })
  const { status, body } = await postToken(spa, redemptionOf(spa, trip))
  expect(status).toBe(200)
  const accessToken = String(body.access_token)
  return { accessToken, refreshToken: String(body.refresh_token), sid: String(decodeJwt(accessToken).sid) }
}
async function signOut({ refreshToken }: SignedIn, issuer = server.issuer) {
  expect((await ask(`${issuer}/revoke`, { token: refreshToken, client_id: 'web' })).status).toBe(200)
}

interface Followers {
  services: Record<Framework, Service>
  /** All of them ask now, as they do by themselves every few seconds. */
  poll(): Promise<void>
  outcomes(token: SignedIn): Promise<string[]>
  close(): Promise<void>
}
/** A service on each framework, with a verifier of its own. */
async function startFollowers(
  options: { issuer?: string; at?: TestClock; revocations?: RevocationsOptions } = {},
): Promise<Followers> {
  const { issuer = server.issuer, at = clock, revocations } = options
  const verifiers: Verifier[] = []
  const services = await startReports(() => {
    const verifier = createVerifier({
      ...{ issuer, audience, clock: at },
      ...(revocations === undefined ? {} : { revocations }),
    })
    verifiers.push(verifier)
    return verifier
  })
  return {
    services,
    async poll() {
      await Promise.all(verifiers.map(async ({ revocations }) => revocations?.refresh()))
    },
    async outcomes({ accessToken }) {
      const all = new Set<string>()
      for (const framework of frameworks) all.add(await outcome(services[framework], bearer(accessToken)))
      return [...all]
    },
    async close() {
      for (const verifier of verifiers) verifier.close()
      await closeAll(services)
    },
  }
}

describe('A39 S13 who is signed out', () => {
  it.each([
    ['by secret', () => bySecret],
    [
      'by key',
      () => ({
        id: keyed.id,
        ...rarely,
        privateKey: { ...keyed.privateKey.export({ format: 'jwk' }), kid: `${keyed.id}-1` },
      }),
    ],
  ] as [string, () => RevocationsOptions][])(
    'S13 is refused by services that follow (%s), and by others when the token ends',
    async (_, revocations) => {
      const [following, others] = [
        await startFollowers({ revocations: revocations() }),
        await startFollowers(),
      ]
      const [one, two] = [await signIn(), await signIn()]
      expect(await following.outcomes(one)).toEqual(['200'])
      await signOut(one)
      await following.poll()
      expect(await following.outcomes(one)).toEqual([refused])
      expect(await following.outcomes(two)).toEqual(['200'])
      expect(await others.outcomes(one)).toEqual(['200'])
      clock.advance(299_000)
      expect([await following.outcomes(one), await others.outcomes(one)]).toEqual([[refused], ['200']])
      clock.advance(31_000)
      expect([await following.outcomes(one), await others.outcomes(one)]).toEqual([[refused], [refused]])
      await Promise.all([following.close(), others.close()])
    },
  )

  it('S13 is refused by a service that started later, from its first request on', async () => {
    const one = await signIn()
    await signOut(one)
    const late = await startFollowers({ revocations: bySecret })
    expect(await late.outcomes(one)).toEqual([refused])
    await late.close()
  })

  it('A39 so are all of a user’s sessions, and those of a user who was erased', async () => {
    const following = await startFollowers({ revocations: bySecret })
    const [one, two] = [await signIn(), await signIn()]
    const headers = { Authorization: `Bearer ${one.accessToken}` }
    await fetch(`${server.issuer}/account/sessions/${two.sid}`, { method: 'DELETE', headers })
    await following.poll()
    expect([await following.outcomes(one), await following.outcomes(two)]).toEqual([['200'], [refused]])
    await fetch(`${server.issuer}/account`, { method: 'DELETE', headers })
    await following.poll()
    expect(await following.outcomes(one)).toEqual([refused])
    await following.close()
  })
})

it('S15 a service that Latchkey does not know lets nobody in, and one that it does not ask does', async () => {
  const one = await signIn()
  for (const revocations of [
    { id: 'unknown', secret: 'x' },
    { id: reports.id, secret: 'x' },
    { id: reports.id, secret: reports.secret, uri: `${server.issuer}/jwks` },
  ]) {
    const mistaken = await startFollowers({ revocations })
    expect(await mistaken.outcomes(one)).toEqual(['503 temporarily_unavailable'])
    await mistaken.close()
  }
})

it('S13 Latchkey is killed, and comes back: services go on, and catch up', async () => {
  const at = runningClock()
  const accounts = await createFakeProvider({ clock: at, autoApprove: 'user' })
  const fleet = await startFleet(1, {
    clients,
    services: [{ id: reports.id, secret: reports.secret }],
    providers: { oidc: accounts.oidc },
  })
  const [latchkey] = fleet.members
  const following = await startFollowers({
    ...{ issuer: fleet.issuer, at },
    revocations: bySecret,
  })
  try {
    const all = [await signIn(fleet.spa, at), await signIn(fleet.spa, at), await signIn(fleet.spa, at)]
    const [before, during, never] = all
    if (!before || !during || !never) throw new Error('three sessions')
    for (const each of all) expect(await following.outcomes(each)).toEqual(['200'])
    // Ended, and nobody has asked since.
    await signOut(before, fleet.issuer)
    await latchkey?.kill()
    await following.poll()
    for (const each of all) expect(await following.outcomes(each)).toEqual(['200'])
    await latchkey?.restart()
    await signOut(during, fleet.issuer)
    await following.poll()
    expect([
      await following.outcomes(before),
      await following.outcomes(during),
      await following.outcomes(never),
    ]).toEqual([[refused], [refused], ['200']])
  } finally {
    await following.close()
    await fleet.close()
    await accounts.close()
  }
})

describe('S13 10^5 sessions that ended', () => {
  it('S13 are all heard of, no more are kept than allowed, and none when they cannot matter', async () => {
    const count = 100_000
    // A hundred moments, with as many ends in each as a page holds.
    await server.storage.query(
      `with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${count - 1})
        insert into erased_sessions (id, revoked_at) select 'ses_' || n, ${clock.now()} - n / 1000 * 1000 from numbers`,
    )
    const of = (more: Partial<RevocationsOptions> = {}) => {
      const revocations = { ...bySecret, ...more }
      return createVerifier({ issuer: server.issuer, audience, clock, revocations })
    }
    const [roomy, tight] = [of({ maxSessions: 200_000 }), of({ maxSessions: 1_000 })]
    const state = await roomy.revocations?.refresh()
    expect(state).toMatchObject({ failures: 0, dropped: 0 })
    expect(state?.sessions).toBeGreaterThanOrEqual(count)
    expect(await tight.revocations?.refresh()).toMatchObject({ failures: 0, sessions: 1_000 })
    clock.advance(421_000)
    expect((await roomy.revocations?.refresh())?.sessions).toBe(0)
    expect((await tight.revocations?.refresh())?.sessions).toBe(0)
    roomy.close()
    tight.close()
  })
})
