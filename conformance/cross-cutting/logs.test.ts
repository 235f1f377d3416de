// Everything secret that goes over a wire, in either direction, is searched for in the logs of the noisiest level.
import { createHash, randomBytes } from 'node:crypto'
import { createLatchkey, createLogger, type Latchkey, listen } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { followForms, formsIn, submit } from '../support/forms.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type Spa, start, startOf, travel } from '../support/spa.ts'

const logs: string[] = []
const wire: string[] = []
const serverSecret = randomBytes(32).toString('base64url')
const clientSecret = 'a confidential client’s secret: 100% of +it'
let provider: FakeProvider
let latchkey: Latchkey
let spa: Spa
let plain: Spa
let confidential: Spa
let end: () => Promise<void>
const isCallback = (url: URL) => url.pathname.startsWith('/callback/')

/** Says all of a message as it is on the wire. */
async function tap(request: Request): Promise<Response> {
  wire.push(request.url, ...[...request.headers].map(([name, value]) => `${name}: ${value}`))
  if (request.body !== null) wire.push(await request.clone().text())
  const response = await latchkey.fetch(request)
  wire.push(...[...response.headers].map(([name, value]) => `${name}: ${value}`))
  wire.push(await response.clone().text())
  return response
}

beforeAll(async () => {
  provider = await createFakeProvider({ refreshTokens: { issue: 'always' } })
  provider.autoApprove('user')
  const listening = await listen({ fetch: tap }, { host: '127.0.0.1', port: 0 })
  const issuer = `http://127.0.0.1:${listening.port}`
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  latchkey = await createLatchkey(
    {
      issuer,
      secrets: [serverSecret],
      storage: 'sqlite::memory:',
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
        { ...client, id: 'confidential', secret: clientSecret, allow_get_authorize: true },
      ],
      providers: {
        oidc: provider.oidc,
        posting: { ...provider.oidc, response_mode: 'form_post' },
        plain: provider.oauth2,
      },
      linking: 'separate',
      claims: (user) => {
        if (user.id === undefined) throw new Error('no user')
        return { about: user.id }
      },
    },
    {
      logger: createLogger({
        level: 'debug',
        destination: { write: (line: string) => void logs.push(line) },
      }),
    },
  )
  spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
  plain = { ...spa, clientId: 'plain' }
  confidential = { ...spa, clientId: 'confidential' }
  end = async () => {
    await listening.close(1_000)
    await latchkey.close()
    await provider.close()
  }
})
afterAll(() => end?.())

/** Values of 20 characters and more that look like chance. Ids name things and open nothing. */
function secretsIn(texts: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const text of texts) {
    for (const [value] of text.matchAll(/[\w-]{20,}/g)) {
      const random = /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)
      if (random && !/^(?:req|usr|ses|idn|evt)_/.test(value)) found.add(value)
    }
  }
  return found
}

async function everyJourney(): Promise<void> {
  const key = await createDpopKey()
  const other = await createDpopKey()
  const refreshOf = (body: Record<string, unknown>, client: string) => ({
    ...{ grant_type: 'refresh_token', client_id: client, refresh_token: String(body.refresh_token) },
  })
  for (const id of ['oidc', 'plain']) {
    const trip = await travel(spa, createBrowser(), {
      provider: id,
      dpop_jkt: key.jkt,
      nonce: randomBytes(20).toString('hex'),
    })
    const first = await provedToken(spa, key, redemptionOf(spa, trip))
    expect(first.status).toBe(200)
    const accessToken = String(first.body.access_token)
    const proof = await key.proof({ htm: 'GET', htu: `${spa.issuer}/userinfo`, accessToken })
    for (const Authorization of [`DPoP ${accessToken}`, `Bearer ${accessToken}`, `Basic ${accessToken}`]) {
      await fetch(`${spa.issuer}/userinfo`, { headers: { Authorization, DPoP: proof } })
    }
    const renewed = await provedToken(spa, key, refreshOf(first.body, 'web'))
    expect(renewed.status).toBe(200)
    await provedToken(spa, other, refreshOf(renewed.body, 'web'))
    await provedToken(spa, key, { ...refreshOf(renewed.body, 'web'), scope: 'admin' })
    // again, by somebody else, with another verifier
    await provedToken(spa, other, redemptionOf(spa, trip))
    const fumbled = await travel(spa, createBrowser(), { provider: id })
    await provedToken(spa, key, {
      ...redemptionOf(spa, fumbled),
      code_verifier: randomBytes(40).toString('base64url'),
    })
    await fetch(`${spa.issuer}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'web', token: String(renewed.body.refresh_token) }),
    })
  }
  await chooserAndForm()
  await mistakes()
  await confidentialClient()
  await failuresOfTheProvider()
}

async function chooserAndForm(): Promise<void> {
  const browser = createBrowser()
  const chooser = await start(plain, browser, startOf(plain).params)
  const [form] = formsIn(chooser)
  if (form === undefined) throw new Error('no chooser')
  const chosen = await submit(browser, chooser, form, { provider: 'posting' })
  const last = await followForms(browser, await browser.follow(chosen, isCallback), (url) =>
    url.href.startsWith(spaRedirectUri),
  )
  expect(last.next?.href).toContain('code=')
}

/** Secrets where they do not belong. */
async function mistakes(): Promise<void> {
  const trip = await travel(plain, createBrowser(), { provider: 'oidc' })
  const redemption = redemptionOf(plain, trip)
  await fetch(`${spa.issuer}/token?${new URLSearchParams(redemption)}`, {
    method: 'POST',
    body: new URLSearchParams(redemption),
  })
  await fetch(`${spa.issuer}/token?${new URLSearchParams(redemption)}`)
  await fetch(`${spa.issuer}/${redemption.code}/${redemption.code_verifier}`)
  await fetch(`${spa.issuer}/token`, {
    method: 'POST',
    body: JSON.stringify(redemption),
    headers: { 'Content-Type': 'application/json' },
  })
  await postToken(plain, { ...redemption, client_id: redemption.code ?? '' })
  await postToken(plain, { ...redemption, grant_type: redemption.code ?? '' })
  await postToken(plain, { ...redemption, client_secret: randomBytes(30).toString('base64url') })
  await postToken(plain, redemption, {
    Authorization: `Basic ${Buffer.from(`plain:${redemption.code}`).toString('base64url')}`,
  })
  await postToken(spa, { ...redemption, client_id: 'web' }, { DPoP: redemption.code ?? '' })
  await start(spa, createBrowser(), startOf(spa).params, {
    origin: `https://${trip.state.toLowerCase()}.example`,
  })
  const wrong = startOf(spa, {
    provider: 'oidc',
    prompt: 'none',
    login_hint: randomBytes(20).toString('base64url'),
  })
  await start(spa, createBrowser(), wrong.params)
  await start(spa, createBrowser(), { ...wrong.params, redirect_uri: `https://evil.example/${trip.state}` })
  await start(spa, createBrowser(), { ...wrong.params, client_id: trip.state })

  const attacker = createBrowser()
  const begun = await start(spa, attacker, startOf(spa, { provider: 'oidc' }).params)
  const before = await attacker.follow(begun, isCallback)
  await createBrowser().visit(before.next ?? '')
  const [cookie] = attacker.cookies()
  await attacker.visit(before.next ?? '')
  attacker.setCookie(spa.issuer, `${cookie?.name}=${cookie?.value}; Path=/`)
  await attacker.visit(before.next ?? '')
  await createBrowser().visit(`${spa.issuer}/callback/oidc?state=${trip.state}&code=${trip.state}&code=x`)
}

async function confidentialClient(): Promise<void> {
  const trip = await travel(confidential, createBrowser(), { provider: 'oidc' })
  const redemption = redemptionOf(confidential, trip)
  await postToken(confidential, { ...redemption, client_secret: `${clientSecret}-wrong` })
  expect((await postToken(confidential, { ...redemption, client_secret: clientSecret })).status).toBe(200)
}

async function failuresOfTheProvider(): Promise<void> {
  provider.faults.next('id_token', 'wrong-nonce')
  await travel(spa, createBrowser(), { provider: 'oidc' })
  provider.faults.next('id_token', 'alg-none')
  await travel(spa, createBrowser(), { provider: 'oidc' })
  provider.faults.next('token', 'http-503')
  await travel(spa, createBrowser(), { provider: 'plain' })
  expect(provider.faults.waiting()).toBe(0)
  const browser = createBrowser()
  const first = await start(spa, browser, startOf(spa, { provider: 'oidc' }).params)
  const before = await browser.follow(first, isCallback)
  const url = new URL(before.next ?? '')
  url.searchParams.set('error', 'access_denied')
  url.searchParams.set('error_description', 'refused')
  await browser.visit(url)
}

describe('X06 the logs', () => {
  it('X06 hold no code, token, verifier, cookie, proof, nonce, state or secret, of whatever became of it', async () => {
    await everyJourney()
    const seen = secretsIn(wire)
    const upstream = [...provider.requests].flatMap(({ url, body, headers }) => [
      url,
      body,
      ...Object.values(headers),
    ])
    for (const secret of secretsIn(upstream)) seen.add(secret)
    seen.add(serverSecret)
    seen.add(clientSecret)
    for (const { client_secret: secret } of provider.clients) if (secret !== undefined) seen.add(secret)

    // One of each kind was there to be found.
    const all = wire.join('\n')
    for (const kind of [
      'code_verifier=',
      'refresh_token',
      'access_token',
      'dpop: eyJ',
      'dpop-nonce: ',
      'latchkey-j-',
      'name="journey"',
      'form=',
      'client_secret=',
    ]) {
      expect(all, kind).toContain(kind)
    }
    expect(seen.size).toBeGreaterThan(200)

    const log = logs.join('')
    expect(log).toContain('"level":"debug"')
    expect([...seen].filter((secret) => log.includes(secret))).toEqual([])
    // Ids and thumbprints are made of the same letters, and may begin like that.
    const spelled = [...log.matchAll(/eyJ[\w-]{10,}/g)].map(([text]) =>
      Buffer.from(text, 'base64url').toString(),
    )
    expect(spelled.filter((text) => /^\{"\w+"/.test(text))).toEqual([])
  })

  it('X06 X07 tell of each refusal by its code and of each sign-in by its ids', () => {
    const lines: Record<string, unknown>[] = logs.map((line) => JSON.parse(line))
    const codes = new Set(lines.map((line) => line.error_code))
    for (const code of [
      'invalid_grant',
      'invalid_dpop_proof',
      'wrong_browser',
      'journey_used',
      'untrusted_origin',
      'invalid_client',
      'access_denied',
      'provider_error',
    ]) {
      expect([...codes], code).toContain(code)
    }
    expect(logs.join('')).toMatch(/"msg":"user\.signed_in"/)
    for (const line of lines) expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  it('X06 hold nothing more when the database fails, and when a secret is in what fails', async () => {
    const trip = await travel(plain, createBrowser(), { provider: 'oidc' })
    const code = trip.answer.get('code') ?? ''
    const before = logs.length
    await latchkey.close()
    expect((await postToken(plain, redemptionOf(plain, trip))).status).toBe(503)
    const late = logs.slice(before).join('')
    expect(late).toContain('"level":"error"')
    for (const secret of [code, trip.verifier, createHash('sha256').update(code).digest('base64url')]) {
      expect(late).not.toContain(secret)
    }
  })
})
