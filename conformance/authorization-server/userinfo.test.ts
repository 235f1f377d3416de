// The access token at our own door: RFC 9449 section 7 and RFC 6750 section 2.1.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey, type ProofChanges, rawJws } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, travel } from '../support/spa.ts'
import { otherSpellings } from '../support/spellings.ts'

let provider: FakeProvider
let server: Running
let key: DpopKey
let other: DpopKey
let htu: string
/** Bound to `key`; without a key. */
let bound: string
let bare: string

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web', resources: ['https://api.example.com'] },
        { ...client, id: 'plain', dpop: 'off' },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
  htu = `${server.issuer}/userinfo`
  key = await createDpopKey(clock.now)
  other = await createDpopKey(clock.now)
  bound = await boundToken()
  bare = String((await signIn('plain')).access_token)
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

async function signIn(clientId: string, changes: Record<string, string> = {}) {
  const spa = { ...server.spa, clientId }
  const trip = await travel(spa, createBrowser(server.clock), { provider: 'oidc', ...changes })
  const redemption = redemptionOf(spa, trip)
  const answer =
    clientId === 'web' ? await provedToken(spa, key, redemption) : await postToken(spa, redemption)
  return answer.body
}
const boundToken = async (changes?: Record<string, string>) =>
  String((await signIn('web', changes)).access_token)

/** Header lines as they are: several proofs are several lines. */
function ask(
  authorization: string | undefined,
  proofs: string[] = [],
  options: { method?: string; path?: string; origin?: string } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const { method = 'GET', path = '', origin = spaOrigin } = options
  return new Promise((resolve, reject) => {
    const headers = {
      Origin: origin,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(proofs.length === 0 ? {} : { DPoP: proofs }),
    }
    const call = request(`${htu}${path}`, { method, headers }, async (response) => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
      const pairs = Object.entries(response.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ])
      resolve({ status: response.statusCode ?? 0, body, headers: new Headers(pairs) })
    })
    call.on('error', reject)
    call.end()
  })
}
const proofFor = (accessToken: string, changes?: ProofChanges, by: DpopKey = key) =>
  by.proof({ htm: 'GET', htu, accessToken }, changes)
const seconds = () => Math.floor(server.clock.now() / 1000)

describe('/userinfo', () => {
  it('A43 opens to a bound token with a proof of its key, without a nonce', async () => {
    const answer = await ask(`DPoP ${bound}`, [await proofFor(bound)])
    expect(answer).toMatchObject({ status: 200, body: { sub: decodeJwt(bound).sub, email_verified: true } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('takes a POST as well, with its own proof', async () => {
    const proof = await key.proof({ htm: 'POST', htu, accessToken: bound })
    expect((await ask(`DPoP ${bound}`, [proof], { method: 'POST' })).status).toBe(200)
  })

  it('A43 opens to an unbound token as Bearer', async () => {
    expect((await ask(`Bearer ${bare}`)).status).toBe(200)
    expect((await ask(`bearer ${bare}`)).status).toBe(200)
  })

  it('A41 9 looks at no query', async () => {
    expect((await ask(`DPoP ${bound}`, [await proofFor(bound)], { path: '?x=1' })).status).toBe(200)
  })

  it.each<[string, () => Promise<ProofChanges>]>([
    ['another method', async () => ({ claims: { htm: 'POST' } })],
    ['another endpoint', async () => ({ claims: { htu: `${server.issuer}/token` } })],
    ['another host', async () => ({ claims: { htu: 'https://evil.example/userinfo' } })],
    ['no ath', async () => ({ claims: { ath: undefined } })],
    ['the ath of another token', async () => ({ claims: { ath: 'A'.repeat(43) } })],
    ['the token itself as ath', async () => ({ claims: { ath: bound } })],
    ['a proof 61 seconds old', async () => ({ claims: { iat: seconds() - 61 } })],
    ['a proof 61 seconds early', async () => ({ claims: { iat: seconds() + 61 } })],
    [
      'a proof an hour old that names a nonce',
      async () => ({ claims: { iat: seconds() - 3600, nonce: await nonce() } }),
    ],
    ['an empty jti', async () => ({ claims: { jti: '' } })],
    ['another typ', async () => ({ header: { typ: 'JWT' } })],
    ['another key’s jwk', async () => ({ header: { jwk: other.jwk } })],
  ])('A41 S10 refuses %s', async (_, changes) => {
    const answer = await ask(`DPoP ${bound}`, [await proofFor(bound, await changes())])
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_dpop_proof' } })
    expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP .*error="invalid_dpop_proof"/)
  })

  it('A41 55 refuses no proof, garbage, two proofs, and one that is too long', async () => {
    const two = [await proofFor(bound), await proofFor(bound)]
    const long = await proofFor(bound, { claims: { more: 'x'.repeat(8_000) } })
    for (const proofs of [[], ['garbage'], [''], two, [two.join(', ')], [long]]) {
      const answer = await ask(`DPoP ${bound}`, proofs)
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_dpop_proof' } })
    }
  })

  it('A41 S10 refuses the same proof again', async () => {
    const proof = await proofFor(bound)
    expect((await ask(`DPoP ${bound}`, [proof])).status).toBe(200)
    expect((await ask(`DPoP ${bound}`, [proof])).status).toBe(401)
    const racers = await proofFor(bound)
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(`DPoP ${bound}`, [racers])))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('A43 S10 refuses a stolen token with a proof of the thief’s key', async () => {
    expect(await ask(`DPoP ${bound}`, [await proofFor(bound, {}, other)])).toMatchObject({
      status: 401,
      body: { error: 'invalid_dpop_proof' },
    })
  })

  it('S09 refuses a bound token as Bearer, with or without a proof', async () => {
    for (const proofs of [[], [await proofFor(bound)], [await proofFor(bound, {}, other)]]) {
      expect(await ask(`Bearer ${bound}`, proofs)).toMatchObject({
        status: 401,
        body: { error: 'invalid_token' },
      })
    }
  })

  it('A43 refuses an unbound token as DPoP', async () => {
    expect(await ask(`DPoP ${bare}`, [await proofFor(bare)])).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  })

  it('A41 a jti counts for one address: one that was seen at /token is good here', async () => {
    // RFC 9449 section 11.1. Were it not so, whoever floods /token would shut this door.
    const jti = randomUUID()
    const atToken = await key.proof(
      { htm: 'POST', htu: `${server.issuer}/token`, nonce: await nonce() },
      { claims: { jti } },
    )
    await postToken(
      server.spa,
      { grant_type: 'refresh_token', client_id: 'web', refresh_token: 'x' },
      { DPoP: atToken },
    )
    expect((await ask(`DPoP ${bound}`, [await proofFor(bound, { claims: { jti } })])).status).toBe(200)
  })

  async function nonce(): Promise<string> {
    const { headers } = await postToken(server.spa, { grant_type: 'x' })
    return headers.get('dpop-nonce') ?? ''
  }
})

describe('/userinfo and malformed or foreign tokens', () => {
  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['S14 53 Bearer %', 'Bearer %'],
    ['S14 a scheme alone', 'Bearer'],
    ['S14 two blanks', 'Bearer  x'],
    ['S14 two tokens', 'Bearer x, Bearer y'],
    ['S14 another scheme', 'Basic d2ViOng='],
    ['S14 dots', 'Bearer ..'],
    ['S14 55 a great many segments', `Bearer ${'a.'.repeat(4000)}a`],
    ['S14 50,000 characters', `Bearer ${'a'.repeat(50_000)}`],
  ])('%s is 401, with a challenge and without an echo', async (_, authorization) => {
    const answer = await ask(authorization)
    expect(answer).toMatchObject({
      status: 401,
      body: { error: 'invalid_token', request_id: expect.any(String) },
    })
    expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP /)
  })

  it('S08 65 takes no token from the query or the body', async () => {
    expect((await ask(undefined, [], { path: `?access_token=${bare}` })).status).toBe(401)
    const posted = await fetch(htu, { method: 'POST', body: new URLSearchParams({ access_token: bare }) })
    expect(posted.status).toBe(401)
  })

  it('A27 R08 refuses a token under alg none, HS256, another key or another kid', async () => {
    const header = decodeProtectedHeader(bare)
    const claims = decodeJwt(bare)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const none = () => Buffer.of()
    const forged = [
      rawJws({ ...header, alg: 'none' }, claims, none),
      rawJws({ ...header, alg: 'none' }, claims, privateKey),
      rawJws({ ...header, alg: 'HS256' }, claims, privateKey),
      rawJws(header, claims, privateKey),
      rawJws({ ...header, kid: '../../etc/passwd' }, claims, privateKey),
      rawJws({ ...header, kid: undefined }, claims, privateKey),
      rawJws({ ...header, jwk: key.jwk }, claims, key.privateKey),
      rawJws({ ...header, jku: 'https://evil.example/jwks' }, claims, privateKey),
    ]
    for (const token of forged) expect((await ask(`Bearer ${token}`)).status).toBe(401)
  })

  it('X14 takes a token in its own spelling only', async () => {
    const parts = bare.split('.')
    for (const index of [0, 1, 2]) {
      for (const [name, spelling] of otherSpellings(parts[index] ?? '')) {
        // HTTP allows no line end in a header, and takes blanks off its end.
        if (/[\n\0]/.test(spelling) || name === 'a blank behind') continue
        const token = parts.with(index, spelling).join('.')
        expect((await ask(`Bearer ${token}`)).status, `segment ${index}: ${name}`).toBe(401)
      }
    }
    expect((await ask(`Bearer ${bare}`)).status).toBe(200)
  })

  it('A28 refuses a token that is not for the issuer', async () => {
    const narrow = await boundToken({ resource: 'https://api.example.com' })
    expect(await ask(`DPoP ${narrow}`, [await proofFor(narrow)])).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  })

  it('S07 says insufficient_scope to a token without openid', async () => {
    const scoped = await boundToken({ scope: 'profile' })
    const answer = await ask(`DPoP ${scoped}`, [await proofFor(scoped)])
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  it('A31 tells what the scope allows and no more', async () => {
    const scoped = await boundToken({ scope: 'openid' })
    const answer = await ask(`DPoP ${scoped}`, [await proofFor(scoped)])
    expect(answer.body).toEqual({ sub: decodeJwt(scoped).sub })
  })

  it('A27 refuses a token from its last second on', async () => {
    const short = await boundToken()
    server.clock.advance(299_000)
    expect((await ask(`DPoP ${short}`, [await proofFor(short)])).status).toBe(200)
    server.clock.advance(2_000)
    expect(await ask(`DPoP ${short}`, [await proofFor(short)])).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  })

  it('32 is readable by the app’s origin and by no other', async () => {
    expect((await ask(undefined)).headers.get('access-control-allow-origin')).toBe(spaOrigin)
    const foreign = await ask(undefined, [], { origin: 'https://evil.example' })
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })
})
