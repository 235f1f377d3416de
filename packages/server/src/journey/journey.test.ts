import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createJourneyCodec, type Journey, journeyLifetime, upstreamSecrets } from './journey.ts'

const secret = randomBytes(32)
const uris = ['https://app.example.com/callback', 'https://app.example.com/other']
const codec = createJourneyCodec(createKeyring([secret]).sealer('journey'), (id) =>
  id === 'web' ? uris : [],
)
const startedAt = 1_800_000_000_000

const journey: Journey = {
  intent: { kind: 'link', userId: 'usr_1' },
  clientId: 'web',
  redirectUri: 'https://app.example.com/other',
  responseMode: 'fragment',
  state: 'lk.ünï-1',
  scope: 'openid profile email offline_access',
  nonce: 'n',
  resources: ['https://api.example.com'],
  maxAge: 60,
  inviteHash: 'x'.repeat(43),
  codeChallenge: randomBytes(32),
  dpopJkt: randomBytes(32),
  provider: 'google',
  hints: { prompt: 'login' },
  cookieId: 'x'.repeat(24),
  pushed: { key: 'y'.repeat(43), pushedAt: 1_799_999_999_000 },
  temporary: { token: 'hh5s93j4hdidpola', secret: 'hdhd0244k9j7ao03' },
  seed: randomBytes(32),
  startedAt,
}

describe('a sealed journey', () => {
  it('holds everything, optional or not', () => {
    expect(codec.open(codec.seal(journey, 'id'), 'id', startedAt)).toEqual(journey)
    const { state: _s, nonce: _n, maxAge: _m, inviteHash: _i, dpopJkt: _d, provider: _p, ...rest } = journey
    const { cookieId: _c, pushed: _u, temporary: _t, ...least } = rest
    const bare = { ...least, intent: { kind: 'sign_in' as const }, resources: [], hints: {} }
    expect(codec.open(codec.seal(bare, 'id'), 'id', startedAt)).toEqual(bare)
  })

  it.each<Journey['intent']>([
    { kind: 'sign_in' },
    {
      kind: 'connect',
      userId: 'usr_1',
      scopes: ['https://api.example.com/read', 'b'],
      connectionId: 'con_1',
    },
    { kind: 'connect', userId: 'usr_1', scopes: [] },
  ])('V02 holds what it is for: %j', (intent) => {
    const one = { ...journey, intent }
    expect(codec.open(codec.seal(one, 'id'), 'id', startedAt)).toEqual(one)
  })

  it('A16 fits a cookie: about 300 bytes as our own client starts it', () => {
    const { inviteHash: _i, cookieId: _c, pushed: _u, temporary: _t, ...across } = journey
    const usual = {
      ...across,
      intent: { kind: 'sign_in' as const },
      state: `lk.${'x'.repeat(22)}`,
      resources: [],
      hints: {},
    }
    expect(codec.seal(usual, 'x'.repeat(24)).length).toBeLessThan(420)
  })

  it('V12 shows nobody what the provider gave for it', () => {
    const sealed = codec.seal(journey, 'id')
    const shown = [sealed, Buffer.from(sealed, 'base64url').toString('latin1')].join()
    expect(shown).not.toMatch(/hh5s93j4hdidpola|hdhd0244k9j7ao03/)
  })

  it('R03 opens for its own id only', () => {
    expect(codec.open(codec.seal(journey, 'a'), 'b', startedAt)).toBeUndefined()
  })

  it('lives ten minutes, to the millisecond', () => {
    const sealed = codec.seal(journey, 'id')
    expect(codec.open(sealed, 'id', startedAt + journeyLifetime - 1)).toBeDefined()
    expect(codec.open(sealed, 'id', startedAt + journeyLifetime)).toBeUndefined()
  })

  it('dies with the registration of its redirect URI', () => {
    const sealer = createKeyring([secret]).sealer('journey')
    const sealed = codec.seal(journey, 'id')
    expect(createJourneyCodec(sealer, () => uris.slice(0, 1)).open(sealed, 'id', startedAt)).toBeUndefined()
    expect(createJourneyCodec(sealer, () => [...uris].reverse()).open(sealed, 'id', startedAt)).toEqual(
      journey,
    )
  })

  it('R04 R05 makes a verifier and a nonce of 256 bits that differ from each other and from journey to journey', () => {
    const one = upstreamSecrets(journey)
    const other = upstreamSecrets({ ...journey, seed: randomBytes(32) })
    expect(new Set([one.codeVerifier, one.nonce, other.codeVerifier, other.nonce]).size).toBe(4)
    expect(one.codeVerifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})
