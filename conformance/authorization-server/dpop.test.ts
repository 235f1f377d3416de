// RFC 9449 at the token endpoint: section 4.3 check by check, the server's nonce, and who must send a proof.
import { randomBytes, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt, exportJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type Spa, travel } from '../support/spa.ts'
import { cases, nonceWanted, p256, refused, taken, type Workshop, workshop } from './proof-cases.ts'

let provider: FakeProvider
let server: Running
let key: DpopKey
let htu: string
const secrets = [randomBytes(32).toString('base64url')]

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  const configure = () => ({
    secrets,
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'choice', dpop: 'optional' as const },
      { ...client, id: 'plain', dpop: 'off' as const },
    ],
    providers: { oidc: provider.oidc },
  })
  server = await startLatchkey(configure, { clock })
  key = await createDpopKey(server.clock.now)
  htu = `${server.issuer}/token`
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

/** Well-formed, for a code that nobody issued: what is wrong with the proof is told before the code is looked at. */
const attempt = (spa: Spa = server.spa): Record<string, string> => ({
  grant_type: 'authorization_code',
  client_id: spa.clientId,
  code: randomBytes(32).toString('base64url'),
  code_verifier: 'v'.repeat(43),
})

async function freshNonce(): Promise<string> {
  const { headers } = await postToken(server.spa, attempt())
  return headers.get('dpop-nonce') ?? ''
}

async function freshWorkshop(nonce?: string): Promise<Workshop> {
  return workshop({
    key,
    htu,
    nonce: nonce ?? (await freshNonce()),
    now: Math.floor(server.clock.now() / 1000),
  })
}

/** Header lines as they are, where `fetch` would join them. */
function attemptWith(proofs: string[]): Promise<{ status: number; error: unknown; nonce: unknown }> {
  const body = new URLSearchParams(attempt()).toString()
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: spaOrigin, DPoP: proofs }
    const call = request(htu, { method: 'POST', headers }, async (response) => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      const answer: { error?: unknown } = JSON.parse(text)
      const { statusCode = 0, headers: received } = response
      resolve({ status: statusCode, error: answer.error, nonce: received['dpop-nonce'] })
    })
    call.on('error', reject)
    call.end(body)
  })
}

describe('A41 RFC 9449 section 4.3 at /token', () => {
  it.each(cases)('A41 %s', async (_, make, outcome) => {
    const proofs = [make(await freshWorkshop())].flat()
    const answer = await attemptWith(proofs)
    expect(answer).toEqual({ status: 400, error: outcome, nonce: expect.any(String) })
  })

  it('A41 12 a proof is taken once, even beside the nonce', async () => {
    const { proof } = await freshWorkshop()
    const one = proof()
    expect((await attemptWith([one])).error).toBe(taken)
    expect((await attemptWith([one])).error).toBe(refused)
    server.clock.advance(100_000)
    expect((await attemptWith([one])).error, 'as long as the nonce lives').toBe(refused)
  })

  it('A41 12 of 20 equal proofs at once one is taken', async () => {
    const one = (await freshWorkshop()).proof()
    const answers = await Promise.all(Array.from({ length: 20 }, () => attemptWith([one])))
    expect(answers.filter(({ error }) => error === taken)).toHaveLength(1)
    expect(answers.filter(({ error }) => error === refused)).toHaveLength(19)
  })

  it('A41 12 a jti is a key’s own: another key may use it too', async () => {
    const { proof } = await freshWorkshop()
    const jti = randomUUID()
    const jwk = { ...(await exportJWK(p256.publicKey)) }
    expect((await attemptWith([proof({ jti })])).error).toBe(taken)
    expect((await attemptWith([proof({ jti }, { jwk }, p256.privateKey)])).error).toBe(taken)
  })

  it('A41 says nothing of the reason, and echoes nothing of the proof', async () => {
    const { proof } = await freshWorkshop()
    const answer = await postToken(server.spa, attempt(), { DPoP: proof({ htm: 'CANARY' }) })
    expect(answer.body).toEqual({
      error: refused,
      error_description: expect.any(String),
      request_id: expect.any(String),
    })
    expect(JSON.stringify(answer.body)).not.toContain('CANARY')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('A41 htu at an https issuer', () => {
  it.each([
    ['https://auth.example.com/token', taken],
    ['https://auth.example.com:443/token', taken],
    ['HTTPS://Auth.Example.COM/token', taken],
    ['https://auth.example.com/%74oken', taken],
    ['https://auth.example.com:80/token', refused],
    ['https://auth.example.com:8443/token', refused],
    ['http://auth.example.com/token', refused],
    ['https://auth.example.com./token', refused],
    ['https://auth.example.com.evil.example/token', refused],
    ['https://auth.example.com//token', refused],
    ['https:/auth.example.com/token', refused],
    ['https://auth.example.com\\token', refused],
    ['https://auth.example.com/token\u0000', refused],
    ['https://аuth.example.com/token', refused],
  ])('A41 9 %j: %s', async (uri, outcome) => {
    const latchkey = await embedLatchkey(
      'https://auth.example.com',
      { secrets, providers: {} },
      { clock: server.clock },
    )
    const { proof } = await freshWorkshop()
    const answer = await latchkey.fetch(
      // What the request itself calls its host changes nothing.
      new Request('http://internal:4000/token', {
        method: 'POST',
        body: new URLSearchParams(attempt()),
        headers: { DPoP: proof({ htu: uri }) },
      }),
    )
    expect(await answer.json()).toMatchObject({ error: outcome })
    await latchkey.close()
  })
})

describe('A42 the nonce of the server', () => {
  it('A42 a proof made beforehand, without one, is refused and told the nonce', async () => {
    const early = await key.proof({ htm: 'POST', htu })
    const answer = await postToken(server.spa, attempt(), { DPoP: early })
    expect(answer).toMatchObject({ status: 400, body: { error: nonceWanted } })
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[A-Za-z0-9_-]{20,}$/)
  })

  it('A42 is readable by the app in a browser', async () => {
    const { headers } = await postToken(server.spa, attempt(), {
      DPoP: await key.proof({ htm: 'POST', htu }),
    })
    expect(headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(headers.get('access-control-expose-headers')?.toLowerCase()).toContain('dpop-nonce')
  })

  it('A42 comes with every answer, success included, and rotates', async () => {
    const trip = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    const answer = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
    expect(answer.status).toBe(200)
    const before = answer.headers.get('dpop-nonce')
    expect((await attemptWith([(await freshWorkshop(before ?? '')).proof()])).error).toBe(taken)
    server.clock.advance(300_000)
    expect(await freshNonce()).not.toBe(before)
  })

  it.each([
    [119_000, taken],
    [600_000, nonceWanted],
    [86_400_000, nonceWanted],
    [-600_000, nonceWanted],
  ])('A42 one that is %d ms old: %s', async (age, outcome) => {
    const nonce = await freshNonce()
    server.clock.advance(age)
    expect((await attemptWith([(await freshWorkshop(nonce)).proof()])).error).toBe(outcome)
    if (age < 0) server.clock.advance(-age)
  })

  it('A42 is stateless: another process with the same secrets takes it, one with others does not', async () => {
    const configure = (own: string[]) => () => ({ secrets: own, providers: { oidc: provider.oidc } })
    const sibling = await startLatchkey(configure(secrets), { clock: server.clock })
    const stranger = await startLatchkey(configure([randomBytes(32).toString('base64url')]), {
      clock: server.clock,
    })
    const outcomes = []
    for (const { spa } of [sibling, stranger]) {
      const proof = await key.proof({ htm: 'POST', htu: `${spa.issuer}/token`, nonce: await freshNonce() })
      outcomes.push((await postToken(spa, attempt(), { DPoP: proof })).body.error)
    }
    await Promise.all([sibling.close(), stranger.close()])
    expect(outcomes).toEqual([taken, nonceWanted])
  })
})

describe('A43 who must send a proof', () => {
  const trip = async (clientId: string, changes: Record<string, string> = {}) => {
    const spa = { ...server.spa, clientId }
    const one = await travel(spa, createBrowser(server.clock), { provider: 'oidc', ...changes })
    return { spa, redemption: redemptionOf(spa, one) }
  }
  const bindingOf = (body: Record<string, unknown>) => decodeJwt(String(body.access_token)).cnf

  it('A43 a browser client by default: without one there is no token, with one it is bound', async () => {
    const { spa, redemption } = await trip('web')
    expect(await postToken(spa, redemption)).toMatchObject({ status: 400, body: { error: refused } })
    const answer = await provedToken(spa, key, redemption)
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
    expect(bindingOf(answer.body)).toEqual({ jkt: key.jkt })
  })

  it('A43 optional: bound with a proof, Bearer without', async () => {
    const bare = await trip('choice')
    const bearer = await postToken(bare.spa, bare.redemption)
    expect(bearer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
    expect(bindingOf(bearer.body)).toBeUndefined()
    const proved = await trip('choice')
    const bound = await provedToken(proved.spa, key, proved.redemption)
    expect(bound).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
    expect(bindingOf(bound.body)).toEqual({ jkt: key.jkt })
  })

  it('A43 optional: a bad proof is refused, not passed over, and burns nothing', async () => {
    const { spa, redemption } = await trip('choice')
    expect(await postToken(spa, redemption, { DPoP: 'garbage' })).toMatchObject({ body: { error: refused } })
    expect((await postToken(spa, redemption)).status).toBe(200)
  })

  it('A43 A13 optional: a code that names a key is not to be had without it', async () => {
    const { spa, redemption } = await trip('choice', { dpop_jkt: key.jkt })
    expect(await postToken(spa, redemption)).toMatchObject({ status: 400, body: { error: taken } })
  })

  it('A43 A32 A35 a bound session is not refreshed without its key, and survives the attempt', async () => {
    const { spa, redemption } = await trip('choice')
    const first = await provedToken(spa, key, redemption)
    const refresh = {
      grant_type: 'refresh_token',
      client_id: spa.clientId,
      refresh_token: String(first.body.refresh_token),
    }
    const other = await createDpopKey(server.clock.now)
    expect(await postToken(spa, refresh)).toMatchObject({ status: 400, body: { error: taken } })
    expect(await provedToken(spa, other, refresh)).toMatchObject({ status: 400, body: { error: taken } })
    const renewed = await provedToken(spa, key, refresh)
    expect(renewed).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
    expect(bindingOf(renewed.body)).toEqual({ jkt: key.jkt })
  })

  it.each(['a good proof', 'garbage'])('A43 off: %s is ignored', async (kind) => {
    const { spa, redemption } = await trip('plain')
    const proof = kind === 'garbage' ? kind : await key.proof({ htm: 'POST', htu, nonce: await freshNonce() })
    const answer = await postToken(spa, redemption, { DPoP: proof })
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
    expect(bindingOf(answer.body)).toBeUndefined()
  })
})
