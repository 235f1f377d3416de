import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { type Upstream, UpstreamError, type UpstreamRequest } from '../upstream/index.ts'
import { begin } from './begin.ts'
import { createJourneyCodec } from './journey.ts'
import type { JourneyRequest } from './request.ts'

const redirectUri = 'https://app.example.com/callback'
const codec = createJourneyCodec(createKeyring([randomBytes(32)]).sealer('journey'), () => [redirectUri])
const clock = { now: () => 1_800_000_000_000 }
const deps = { clock, codec, callbackUri: 'https://auth.example.com/callback/old' }

const request: JourneyRequest = {
  ...{ intent: { kind: 'sign_in' }, clientId: 'web', redirectUri, responseMode: 'fragment' },
  ...{ scope: 'openid', resources: [], hints: {}, codeChallenge: randomBytes(32) },
}

/** A provider that gives temporary credentials first. */
function provider(temporary: () => Promise<{ token: string; secret: string }>) {
  const asked: UpstreamRequest[] = []
  const upstream: Pick<Upstream, 'id' | 'requestCredentials' | 'authorizationUrl'> = {
    id: 'old',
    requestCredentials: (given) => {
      asked.push(given)
      return temporary()
    },
    authorizationUrl: async (given) => {
      asked.push(given)
      return new URL(`https://old.example/authorize?oauth_token=${given.temporary?.token}`)
    },
  }
  // The rest is not called.
  return { asked, upstream: upstream as Upstream }
}

describe('A journey to a provider that gives something first', () => {
  it('R02 carries it in the cookie of its own browser, and the address holds no secret', async () => {
    const { asked, upstream } = provider(async () => ({ token: 'token', secret: 'a-secret' }))
    const { id, sealed, location } = await begin(request, upstream, deps)
    expect(codec.open(sealed, id, clock.now())?.temporary).toEqual({ token: 'token', secret: 'a-secret' })
    expect(location.href).toBe('https://old.example/authorize?oauth_token=token')
    expect(asked).toMatchObject([{ state: id }, { state: id, temporary: { token: 'token' } }])
  })

  it('A16 fits a cookie, and is refused before the provider is asked when it cannot', async () => {
    const most = { token: 't'.repeat(512), secret: 's'.repeat(512) }
    const { asked, upstream } = provider(async () => most)
    const { sealed } = await begin({ ...request, state: 'x'.repeat(512) }, upstream, deps)
    expect(sealed.length).toBeLessThan(3800)
    const tooLong = { ...request, state: 'x'.repeat(512), nonce: 'x'.repeat(512), scope: 'x'.repeat(1_000) }
    await expect(begin(tooLong, upstream, deps)).rejects.toMatchObject({ code: 'invalid_request' })
    const far = { ...tooLong, resources: Array.from({ length: 8 }, () => 'x'.repeat(500)) }
    const before = asked.length
    await expect(begin(far, upstream, deps)).rejects.toMatchObject({ code: 'invalid_request' })
    expect(asked).toHaveLength(before)
  })

  it('tells the app when the provider gives nothing', async () => {
    const { upstream } = provider(() =>
      Promise.reject(new UpstreamError('temporarily_unavailable', 'provider_5xx')),
    )
    await expect(begin(request, upstream, deps)).rejects.toMatchObject({ code: 'temporarily_unavailable' })
  })
})
