import { expect, it } from 'vitest'
import { openStorage } from '../storage/index.ts'
import { createUpstreams, type Upstream, type UpstreamIdentity } from '../upstream/index.ts'
import { finish } from './finish.ts'
import type { Intent, Journey } from './journey.ts'

const now = 1_800_000_000_000
const tokens = { accessToken: 'at', tokenType: 'Bearer' }
const proved: UpstreamIdentity = { subject: 's', emailVerified: false, tokens }

/** The end of a journey at a provider that proves this, and what was done for it. */
async function ended(intent: Intent, identity: Partial<UpstreamIdentity> = {}) {
  const storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
  const told: unknown[] = []
  const [upstream] = createUpstreams([provider], { clock: { now: () => now }, allowPrivate: false }).values()
  if (upstream === undefined) throw new Error('no provider')
  const journey: Journey = {
    ...{ intent, clientId: 'spa', redirectUri: 'https://app.example/', responseMode: 'query', scope: '' },
    ...{
      resources: [],
      codeChallenge: Buffer.alloc(32),
      provider: 'legacy',
      hints: {},
      seed: Buffer.alloc(32),
    },
    startedAt: now,
  }
  const standIn: Upstream = {
    ...upstream,
    exchange: async (_callback, { connecting }) => {
      told.push(connecting)
      return { ...proved, ...identity }
    },
  }
  const arrival = {
    ...{ id: 'the-state', journey, requestId: 'r' },
    params: new URLSearchParams({ code: 'c', state: 'the-state' }),
  }
  const { grant } = await finish(arrival, {
    ...{ upstream: standIn, callbackUri: 'https://auth.example/callback/legacy', clock: { now: () => now } },
    ...{ oneTime: storage.oneTime, codeSeconds: 60 },
    signIn: async () => ({ user: { id: 'u', createdAt: now }, identityId: 'i' }),
    quarantine: async (account) => {
      told.push(account)
      return 'q'
    },
  })
  return { grant, told }
}

const provider = {
  ...{ id: 'legacy', type: 'oauth2', name: 'Legacy', clientId: 'latchkey', tokenEndpointAuthMethod: 'none' },
  ...{ signIn: true, connect: true, scopes: [], scopeSeparator: ' ', connectScopes: [], apiHosts: [] },
  ...{ authorizeParams: {}, connectAuthorizeParams: {}, revocationEndsAccount: false, requireClaims: {} },
  ...{ refresh: { narrowsScopes: false }, responseMode: 'query', pkce: 'S256', quirks: [], wire: {} },
  redirectUri: 'https://auth.example/callback/legacy',
  authorizationEndpoint: 'https://legacy.example/authorize',
  tokenEndpoint: 'https://legacy.example/token',
  ...{
    userinfoEndpoint: 'https://legacy.example/me',
    identityFrom: 'userinfo',
    sharedAccount: false,
    subject: ['id'],
    profile: {},
  },
} satisfies Parameters<typeof createUpstreams>[0][number]

const connect: Intent = { kind: 'connect', userId: 'u', scopes: [] }

it.each<[Intent, true | undefined]>([
  [{ kind: 'sign_in' }, undefined],
  [{ kind: 'link', userId: 'u' }, undefined],
  [connect, true],
])('no-userinfo: the provider is told what for: %j', async (intent, connecting) => {
  expect((await ended(intent)).told[0]).toBe(connecting)
})

it('issuer-varies-with-tenant: a connection is of the account in its tenant, a link of its issuer', async () => {
  const tenant = { account: 't/s', issuer: 'https://login.example/t' }
  const { grant, told } = await ended(connect, tenant)
  expect(grant).toMatchObject({ subject: 't/s' })
  expect(told[1]).toMatchObject({ provider: 'legacy', subject: 't/s' })
  expect((await ended(connect)).grant).toMatchObject({ subject: 's' })
  const linked = await ended({ kind: 'link', userId: 'u' }, tenant)
  expect(linked.grant).toMatchObject({ identity: { issuer: 'https://login.example/t', subject: 's' } })
  const plain = await ended({ kind: 'link', userId: 'u' })
  expect(plain.grant).toMatchObject({ identity: { issuer: 'provider:legacy', subject: 's' } })
})
