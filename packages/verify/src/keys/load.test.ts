import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Algorithm } from '../jws/algorithm.ts'
import { createKeyPair, type Json } from '../verify.fixture.ts'
import { loadKeys } from './load.ts'

const uri = 'https://auth.example.com/jwks'
const ec = createKeyPair('ES256')
const ed = createKeyPair('EdDSA')
const rsa = createKeyPair('RS256')

function load(
  answer: Response | Json | ((init: RequestInit | undefined) => Promise<Response>),
  algorithms: Algorithm[] = ['ES256', 'EdDSA', 'Ed25519', 'RS256'],
) {
  const fetch = vi.fn<typeof globalThis.fetch>(async (_: string | URL | Request, init?: RequestInit) => {
    if (typeof answer === 'function') return answer(init)
    return answer instanceof Response ? answer : Response.json(answer)
  })
  return { loaded: loadKeys(uri, { fetch, timeoutMs: 5_000, algorithms }), fetch }
}

async function usable(keys: unknown[], algorithms?: Algorithm[]) {
  const { loaded } = load({ keys }, algorithms)
  return (await loaded).keys.map((key) => [key.kid, ...key.algorithms])
}

afterEach(() => {
  vi.useRealTimers()
})

describe('S13 fetching the keys', () => {
  test('asks the one address, follows no redirect, sends no credentials', async () => {
    const { loaded, fetch } = load({ keys: [{ ...ec.publicJwk, kid: 'a' }] })
    await loaded
    expect(fetch).toHaveBeenCalledTimes(1)
    const [address, init] = fetch.mock.calls[0] ?? []
    expect(address).toBe(uri)
    expect(init?.redirect).toBe('error')
    expect(Object.keys(init?.headers ?? {})).toEqual(['accept'])
  })

  test.each<[string, Response | Json]>([
    ['a redirect', new Response(null, { status: 302, headers: { location: 'https://evil.test' } })],
    ['not found', Response.json({ keys: [{ ...ec.publicJwk, kid: 'a' }] }, { status: 404 })],
    ['an outage', new Response('busy', { status: 503 })],
    ['a page', new Response('<html>')],
    ['nothing', new Response('')],
    ['no body', new Response(null)],
    ['a list', Response.json([{ ...ec.publicJwk, kid: 'a' }])],
    ['null', Response.json(null)],
    ['no keys member', {}],
    ['keys that are no list', { keys: { a: ec.publicJwk } }],
    ['no key at all', { keys: [] }],
    ['no usable key', { keys: [null, 7, 'x', [], {}, { kty: 'oct', k: 'AAAA', kid: 'a' }] }],
    ['a megabyte', new Response(`{"keys":[],"x":"${'x'.repeat(1 << 20)}"}`)],
  ])('%s is a failure', async (_, answer) => {
    await expect(load(answer).loaded).rejects.toBeInstanceOf(Error)
  })

  test('an endless body is left as soon as it is too large', async () => {
    let sent = 0
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
      cancel() {
        cancelled = true
      },
    })
    await expect(load(new Response(body)).loaded).rejects.toThrow('too large')
    expect(sent).toBeLessThan(512 * 1024)
    expect(cancelled).toBe(true)
  })

  test('an answer that does not come is given up after the time allowed', async () => {
    vi.useFakeTimers()
    const { loaded } = load(
      (init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        }),
    )
    const settled = vi.fn<() => void>()
    loaded.catch(settled)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(settled).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('leaves no timer behind', async () => {
    vi.useFakeTimers()
    await load({ keys: [{ ...ec.publicJwk, kid: 'a' }] }).loaded
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([
    ['public, max-age=600', 600],
    ['MAX-AGE=600', 600],
    ['max-age="600"', 600],
    ['s-maxage=900, max-age=600', 600],
    ['max-age=0', 60],
    ['max-age=99999999', 3600],
    ['max-age=-1', 300],
    ['no-store', 300],
    ['', 300],
  ])('Cache-Control: %s is fresh for %d s', async (value, seconds) => {
    const answer = Response.json(
      { keys: [{ ...ec.publicJwk, kid: 'a' }] },
      { headers: { 'cache-control': value } },
    )
    expect((await load(answer).loaded).maxAgeSeconds).toBe(seconds)
  })
})

describe('S01 which keys serve which algorithms', () => {
  test('a JWK without alg serves the allowed algorithms of its type (CVE-2026-22817)', async () => {
    const keys = [
      { ...ec.publicJwk, kid: 'ec' },
      { ...ed.publicJwk, kid: 'ed' },
      { ...rsa.publicJwk, kid: 'rsa' },
    ]
    expect(await usable(keys)).toEqual([
      ['ec', 'ES256'],
      ['ed', 'EdDSA', 'Ed25519'],
      ['rsa', 'RS256'],
    ])
    expect(await usable(keys, ['ES256'])).toEqual([['ec', 'ES256']])
  })

  test('what cannot be used is passed over', async () => {
    expect(
      await usable([
        { ...ec.publicJwk, kid: 'encrypts', use: 'enc' },
        { ...ec.publicJwk, kid: 'other', alg: 'HS256' },
        { ...ec.publicJwk, kid: 'private', d: 'AAAA' },
        { ...ec.publicJwk },
        { ...ec.publicJwk, kid: 7 },
        { ...ec.publicJwk, kid: '' },
        { ...ec.publicJwk, kid: 'k'.repeat(257) },
        { ...ec.publicJwk, kid: 'off', y: ec.publicJwk.x },
        { kty: 'EC', crv: 'secp256k1', kid: 'unknown' },
        { ...ec.publicJwk, kid: 'good', alg: 'ES256', use: 'sig' },
      ]),
    ).toEqual([['good', 'ES256']])
  })

  test('at most 64 keys are looked at', async () => {
    const keys = Array.from({ length: 500 }, (_, i) => ({ ...ec.publicJwk, kid: `k${i}` }))
    expect(await usable(keys)).toHaveLength(64)
  })
})
