import { describe, expect, test } from 'vitest'
import type { Verifier } from '../verifier.ts'
import { accessToken, createKeyPair, createScene } from '../verify.fixture.ts'

async function reason(verifier: Verifier, token: string): Promise<unknown> {
  return verifier.verifyToken(token).then(
    () => 'accepted',
    (error) => error.reason,
  )
}

describe('seen tokens', () => {
  test('are the same object again', async () => {
    const { key, verifier } = createScene()
    const token = accessToken(key)
    const first = await verifier.verifyToken(token)
    expect(await verifier.verifyToken(token)).toBe(first)
    expect(await verifier.verifyToken(accessToken(key))).not.toBe(first)
  })

  test('are not remembered when told so', async () => {
    const { key, verifier } = createScene({ seenTokens: 0 })
    const token = accessToken(key)
    const first = await verifier.verifyToken(token)
    expect(await verifier.verifyToken(token)).not.toBe(first)
    expect(await verifier.verifyToken(token)).toEqual(first)
  })

  test('S13 a key that is withdrawn takes its seen tokens with it', async () => {
    const { key, verifier, endpoint, clock } = createScene()
    const token = accessToken(key, { exp: clock.now() / 1000 + 3600 })
    expect(await reason(verifier, token)).toBe('accepted')
    endpoint.publish(createKeyPair('ES256'))
    clock.advance(299)
    expect(await reason(verifier, token)).toBe('accepted')
    clock.advance(1)
    expect(await reason(verifier, token)).toBe('key_unknown')
  })

  test('S13 and so does one that is found withdrawn because of another token', async () => {
    const { key, verifier, endpoint } = createScene()
    const fresh = createKeyPair('ES256')
    const token = accessToken(key)
    expect(await reason(verifier, token)).toBe('accepted')
    endpoint.publish(fresh)
    expect(await reason(verifier, token)).toBe('accepted')
    expect(await reason(verifier, accessToken(fresh))).toBe('accepted')
    expect(await reason(verifier, token)).toBe('key_unknown')
  })

  test('S13 another key under the same kid does not inherit what was seen', async () => {
    const { verifier, endpoint, clock } = createScene()
    const [old, fresh] = [createKeyPair('ES256', 'same'), createKeyPair('ES256', 'same')]
    endpoint.publish(old)
    const token = accessToken(old, { exp: clock.now() / 1000 + 3600 })
    expect(await reason(verifier, token)).toBe('accepted')
    endpoint.publish(fresh)
    clock.advance(300)
    expect(await reason(verifier, token)).toBe('signature')
  })

  test('S13 still pass while the issuer is down', async () => {
    const { key, verifier, endpoint, clock } = createScene()
    const token = accessToken(key, { exp: clock.now() / 1000 + 86_400 })
    expect(await reason(verifier, token)).toBe('accepted')
    endpoint.down()
    for (let hour = 0; hour < 20; hour++) {
      clock.advance(3600)
      expect(await reason(verifier, token)).toBe('accepted')
      expect(await reason(verifier, accessToken(key, { exp: clock.now() / 1000 + 60 }))).toBe('accepted')
    }
  })

  test('a token that was refused is not remembered as anything', async () => {
    const { verifier, endpoint, clock } = createScene()
    const later = createKeyPair('ES256')
    const token = accessToken(later, { exp: clock.now() / 1000 + 3600 })
    expect(await reason(verifier, token)).toBe('key_unknown')
    endpoint.publish(later)
    clock.advance(60)
    expect(await reason(verifier, token)).toBe('accepted')
  })
})

describe('S13 unknown kids', () => {
  test('1,000 tokens with random kids cost two fetches, in sequence and at once', async () => {
    const { verifier, endpoint } = createScene()
    const stranger = createKeyPair('ES256')
    const tokens = Array.from({ length: 500 }, (_, i) => accessToken(stranger, {}, { kid: `kid-${i}` }))
    for (const token of tokens) expect(await reason(verifier, token)).toBe('key_unknown')
    await Promise.all(tokens.map((token) => reason(verifier, token)))
    expect(endpoint.calls).toHaveLength(2)
  })

  test('R6 rotations: the next key is published before it signs, and no request is refused', async () => {
    const { key, verifier, endpoint, clock } = createScene()
    let [active, next] = [key, createKeyPair('ES256')]
    endpoint.publish(active, next)
    for (let rotation = 0; rotation < 20; rotation++) {
      const now = () => clock.now() / 1000
      for (let minute = 0; minute < 6; minute++) {
        expect(await reason(verifier, accessToken(active, { exp: now() + 300 }))).toBe('accepted')
        clock.advance(60)
      }
      const following = createKeyPair('ES256')
      endpoint.publish(active, next, following)
      expect(await reason(verifier, accessToken(next, { exp: now() + 300 }))).toBe('accepted')
      ;[active, next] = [next, following]
    }
  })
})
