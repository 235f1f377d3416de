import { describe, expect, test, vi } from 'vitest'
import type { IncomingRequest } from './request/read.ts'
import type { AccessTokenClaims } from './token/claims.ts'
import type { Verifier } from './verifier.ts'
import {
  accessToken,
  ath,
  audience,
  createKeyPair,
  createScene,
  dpopProof,
  get,
  type Json,
  start,
} from './verify.fixture.ts'

const device = createKeyPair('ES256')
const stranger = createKeyPair('ES256')

async function outcome(verifier: Verifier, request: IncomingRequest): Promise<unknown> {
  return verifier.verify(request).then(
    () => 'accepted',
    (error) => error.reason ?? error,
  )
}

type Scene = ReturnType<typeof createScene>

function bound(scene: Scene, claims: Json = {}) {
  return accessToken(scene.key, { cnf: { jkt: device.jkt }, ...claims })
}

function prove(token: string, claims: Json = {}, header: Json = {}, key = device) {
  return dpopProof(key, { ath: ath(token), ...claims }, header)
}

function dpopRequest(token: string, proof: string | string[], url?: string) {
  return get({ authorization: `DPoP ${token}`, dpop: proof }, url)
}

describe('S09 how a token must be presented', () => {
  test('bound: with the DPoP scheme and a proof', async () => {
    const scene = createScene()
    const token = bound(scene)
    const verified = await scene.verifier.verify(dpopRequest(token, prove(token)))
    expect(verified.jkt).toBe(device.jkt)
  })

  test('bound: as Bearer it is refused, with a proof or without', async () => {
    const scene = createScene()
    const token = bound(scene)
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${token}` }))).toBe('downgrade')
    const proof = prove(token)
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${token}`, dpop: proof }))).toBe(
      'downgrade',
    )
  })

  test('bound: without a proof, with an empty one, with two', async () => {
    const scene = createScene()
    const token = bound(scene)
    expect(await outcome(scene.verifier, get({ authorization: `DPoP ${token}` }))).toBe('proof_missing')
    expect(await outcome(scene.verifier, dpopRequest(token, []))).toBe('proof_missing')
    expect(await outcome(scene.verifier, dpopRequest(token, [prove(token), prove(token)]))).toBe(
      'proof_missing',
    )
    expect(await outcome(scene.verifier, dpopRequest(token, ''))).toBe('proof_invalid')
    const joined = `${prove(token)}, ${prove(token)}`
    expect(await outcome(scene.verifier, dpopRequest(token, joined))).toBe('proof_invalid')
  })

  test('bound: two DPoP headers of which Node shows one', async () => {
    const scene = createScene()
    const token = bound(scene)
    const proof = prove(token)
    const rawHeaders = ['Authorization', `DPoP ${token}`, 'DPoP', proof, 'dpop', proof]
    expect(await outcome(scene.verifier, { ...dpopRequest(token, proof), rawHeaders })).toBe('proof_missing')
  })

  test('not bound: as Bearer, but not as DPoP', async () => {
    const scene = createScene()
    const token = accessToken(scene.key)
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${token}` }))).toBe('accepted')
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token)))).toBe('not_bound')
  })

  test('not bound, where DPoP is required', async () => {
    const scene = createScene({ dpop: 'required' })
    const token = accessToken(scene.key)
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${token}` }))).toBe('not_bound')
    const good = bound(scene)
    expect(await outcome(scene.verifier, dpopRequest(good, prove(good)))).toBe('accepted')
  })

  test('a token that was seen is no less bound', async () => {
    const scene = createScene()
    const token = bound(scene)
    await scene.verifier.verifyToken(token)
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token)))).toBe('accepted')
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${token}` }))).toBe('downgrade')
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token, {}, {}, stranger)))).toBe(
      'proof_key',
    )
  })
})

describe('S10 the proof belongs to this request, this token and this key', () => {
  const scene = createScene()
  const token = bound(scene)
  const another = bound(scene)

  test.each<[string, string, string]>([
    ['another method', prove(token, { htm: 'POST' }), 'proof_invalid'],
    ['another path', prove(token, { htu: `${audience}/other` }), 'proof_invalid'],
    ['another service', prove(token, { htu: 'https://billing.example.com/reports' }), 'proof_invalid'],
    ['no ath', prove(token, { ath: undefined }), 'proof_invalid'],
    ['for another token', prove(another), 'proof_invalid'],
    ['61 s old', prove(token, { iat: start - 61 }), 'proof_invalid'],
    ['61 s early', prove(token, { iat: start + 61 }), 'proof_invalid'],
    ['of another key', prove(token, {}, {}, stranger), 'proof_key'],
    [
      'with the bound key shown and another used',
      prove(token, {}, { jwk: device.publicJwk }, stranger),
      'proof_invalid',
    ],
    ['an access token in its place', token, 'proof_invalid'],
    ['signed with an algorithm not allowed', prove(token, {}, {}, createKeyPair('PS256')), 'proof_invalid'],
  ])('%s', async (_, proof, reason) => {
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe(reason)
  })

  test('the window can be configured', async () => {
    const wide = createScene({ proofMaxAgeSeconds: 300 })
    const own = bound(wide)
    expect(await outcome(wide.verifier, dpopRequest(own, prove(own, { iat: start - 300 })))).toBe('accepted')
    expect(await outcome(wide.verifier, dpopRequest(own, prove(own, { iat: start - 301 })))).toBe(
      'proof_invalid',
    )
  })
})

describe('S10 replay', () => {
  test('a proof is taken once', async () => {
    const scene = createScene()
    const token = bound(scene)
    const proof = prove(token)
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('accepted')
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('proof_replayed')
    const other = prove(token, { jti: 'same' })
    expect(await outcome(scene.verifier, dpopRequest(token, other))).toBe('accepted')
    const sameJti = prove(token, { jti: 'same', iat: start + 1 })
    expect(await outcome(scene.verifier, dpopRequest(token, sameJti))).toBe('proof_replayed')
  })

  test('50 at once: one is taken', async () => {
    const scene = createScene()
    const token = bound(scene)
    const proof = prove(token)
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => outcome(scene.verifier, dpopRequest(token, proof))),
    )
    expect(outcomes.filter((each) => each === 'accepted')).toHaveLength(1)
  })

  test('not through its whole window, and then its iat refuses it', async () => {
    const scene = createScene()
    const token = bound(scene)
    const proof = prove(token, { iat: start + 60 })
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('accepted')
    for (let second = 1; second <= 120; second++) {
      scene.clock.advance(1)
      expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('proof_replayed')
    }
    scene.clock.advance(0.001)
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('proof_invalid')
  })

  test('a proof that was refused is not used up', async () => {
    const scene = createScene()
    const token = bound(scene)
    const proof = prove(token)
    expect(await outcome(scene.verifier, dpopRequest(token, proof, '/other'))).toBe('proof_invalid')
    expect(await outcome(scene.verifier, dpopRequest(token, proof))).toBe('accepted')
  })

  test('the same request object again is no replay, unless it was changed', async () => {
    const scene = createScene()
    const token = bound(scene)
    const request = dpopRequest(token, prove(token))
    expect(await outcome(scene.verifier, request)).toBe('accepted')
    expect(await outcome(scene.verifier, request)).toBe('accepted')
    request.url = '/reports?page=2'
    expect(await outcome(scene.verifier, request)).toBe('proof_replayed')
    request.url = '/other'
    expect(await outcome(scene.verifier, request)).toBe('proof_invalid')
  })

  test('a shared cache is asked, and one that fails refuses', async () => {
    const firstUse = vi.fn<(jkt: string, jti: string, expiresAt: number) => Promise<boolean>>(
      async () => true,
    )
    const scene = createScene({ replay: { firstUse } })
    const token = bound(scene)
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token, { jti: 'j' })))).toBe('accepted')
    expect(firstUse).toHaveBeenCalledExactlyOnceWith(device.jkt, 'j', (start + 60) * 1000 + 1)
    firstUse.mockResolvedValueOnce(false)
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token)))).toBe('proof_replayed')
    firstUse.mockRejectedValueOnce(new Error('down'))
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token)))).toBe('check_unavailable')
  })
})

describe('S11 htu comes from the configuration (CVE-2026-40575)', () => {
  test.each<[string, { [name: string]: string }]>([
    ['Host', { host: 'evil.test' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' }],
    ['Forwarded', { forwarded: 'host=evil.test;proto=https' }],
    [
      'X-Original-URL',
      { 'x-original-url': '/other', 'x-rewrite-url': '/other', 'x-forwarded-uri': '/other' },
    ],
    ['X-Forwarded-Prefix', { 'x-forwarded-prefix': '/other' }],
  ])('%s changes nothing', async (_, spoofed) => {
    const scene = createScene()
    const token = bound(scene)
    const withHeaders = (proof: string) => get({ ...spoofed, authorization: `DPoP ${token}`, dpop: proof })
    expect(await outcome(scene.verifier, withHeaders(prove(token)))).toBe('accepted')
    for (const htu of ['https://evil.test/reports', `${audience}/other`, `${audience}/other/reports`]) {
      expect(await outcome(scene.verifier, withHeaders(prove(token, { htu })))).toBe('proof_invalid')
    }
  })

  test('nor does the host of an absolute URL', async () => {
    const scene = createScene()
    const token = bound(scene)
    const url = 'http://10.0.0.7:8080/reports?page=2'
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token), url))).toBe('accepted')
    const inside = prove(token, { htu: 'http://10.0.0.7:8080/reports' })
    expect(await outcome(scene.verifier, dpopRequest(token, inside, url))).toBe('proof_invalid')
  })

  test('a base URL with a path, where a proxy strips it', async () => {
    const scene = createScene({ baseUrl: 'https://example.com/api/v1' })
    const token = bound(scene)
    const htu = 'https://example.com/api/v1/reports'
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token, { htu })))).toBe('accepted')
  })

  test.each(['//evil.test/reports', '/reports/../reports', '/%72eports', 'https://evil.test@x/reports'])(
    'a strange target, %s, never reaches another host',
    async (url) => {
      const scene = createScene()
      const token = bound(scene)
      const proof = prove(token, { htu: 'https://evil.test/reports' })
      expect(await outcome(scene.verifier, dpopRequest(token, proof, url))).toBe('proof_invalid')
    },
  )

  test.each(['/a\\b', '/a b', '/ä', '/<', '/%', '/a\0'])(
    'a target that is no URI path, %j, is refused',
    async (url) => {
      const scene = createScene()
      const token = bound(scene)
      const proof = prove(token, { htu: audience + url })
      expect(await outcome(scene.verifier, dpopRequest(token, proof, url))).toBe('proof_invalid')
    },
  )
})

describe('the seam for revocation', () => {
  test('is asked about every valid token, seen or not, and about no other', async () => {
    const isRevoked = vi.fn<(claims: AccessTokenClaims) => boolean>(() => false)
    const scene = createScene({ isRevoked })
    const token = accessToken(scene.key, { sid: 's' })
    for (let i = 0; i < 3; i++) await scene.verifier.verifyToken(token)
    expect(isRevoked).toHaveBeenCalledTimes(3)
    expect(isRevoked).toHaveBeenLastCalledWith(expect.objectContaining({ sid: 's' }))
    await scene.verifier.verifyToken(`${token}x`).catch(() => {})
    expect(isRevoked).toHaveBeenCalledTimes(3)
  })

  test('true refuses, at once; so does a promise of it; failing is no permission', async () => {
    const isRevoked = vi.fn<(claims: AccessTokenClaims) => boolean | Promise<boolean>>()
    const scene = createScene({ isRevoked })
    const request = get({ authorization: `Bearer ${accessToken(scene.key)}` })
    isRevoked.mockReturnValueOnce(false)
    expect(await outcome(scene.verifier, request)).toBe('accepted')
    isRevoked.mockReturnValueOnce(true)
    expect(await outcome(scene.verifier, request)).toBe('revoked')
    isRevoked.mockResolvedValueOnce(true)
    expect(await outcome(scene.verifier, request)).toBe('revoked')
    isRevoked.mockRejectedValueOnce(new Error('down'))
    expect(await outcome(scene.verifier, request)).toBe('check_unavailable')
    isRevoked.mockImplementationOnce(() => {
      throw new Error('down')
    })
    expect(await outcome(scene.verifier, request)).toBe('check_unavailable')
  })
})

describe('S13 Latchkey is down', () => {
  test('from the start: 503, never a pass; and then it comes up', async () => {
    const scene = createScene()
    const request = get({ authorization: `Bearer ${accessToken(scene.key)}` })
    scene.endpoint.down()
    expect(await outcome(scene.verifier, request)).toBe('keys_unavailable')
    scene.endpoint.up()
    expect(await outcome(scene.verifier, request)).toBe('keys_unavailable')
    scene.clock.advance(1)
    expect(await outcome(scene.verifier, request)).toBe('accepted')
  })

  test('later: new tokens go on being verified from the keys at hand', async () => {
    const scene = createScene()
    const token = bound(scene)
    expect(await outcome(scene.verifier, dpopRequest(token, prove(token)))).toBe('accepted')
    scene.endpoint.down()
    for (let minute = 1; minute <= 30; minute++) {
      scene.clock.advance(60)
      const now = scene.clock.now() / 1000
      const fresh = bound(scene, { exp: now + 300 })
      expect(await outcome(scene.verifier, dpopRequest(fresh, prove(fresh, { iat: now })))).toBe('accepted')
    }
  })

  test.each<[string, () => Response]>([
    ['a redirect', () => Response.redirect('https://evil.test/jwks')],
    ['an error page', () => new Response('<h1>oops</h1>', { status: 500 })],
    ['a login page', () => new Response('<html></html>')],
    ['an empty set', () => Response.json({ keys: [] })],
  ])('S15 %s instead of keys: 503', async (_, answer) => {
    const scene = createScene()
    scene.endpoint.answer = answer
    expect(await outcome(scene.verifier, get({ authorization: `Bearer ${accessToken(scene.key)}` }))).toBe(
      'keys_unavailable',
    )
  })
})

test('a Fetch API Request is taken as it is', async () => {
  const scene = createScene()
  const token = bound(scene)
  const headers = { authorization: `DPoP ${token}`, dpop: prove(token) }
  expect(await outcome(scene.verifier, new Request(`${audience}/reports`, { headers }))).toBe('accepted')
})
