// The same database under a new process: nobody notices, whatever was under way, and other settings take over gently.
import { randomBytes } from 'node:crypto'
import { createLatchkey, type Latchkey, listen, silentLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { runningClock, type TestClock, type TestTimers, testTimers } from '../support/clock.ts'
import { createDpopKey } from '../support/dpop.ts'
import { formsIn, submit } from '../support/forms.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { answerIn, postToken, redemptionOf, type Spa, start, startOf, travel } from '../support/spa.ts'
import { createStorage, type TestStorage } from '../support/storage.ts'

type Changes = Partial<Parameters<typeof createLatchkey>[0]>

const secret = () => randomBytes(32).toString('base64url')
const old = secret()
let storage: TestStorage
let provider: FakeProvider
let latchkey: Latchkey
let plain: Spa
let closeSocket: () => Promise<void>
let clock: TestClock
let timers: TestTimers

beforeEach(async () => {
  clock = runningClock()
  timers = testTimers(clock)
  storage = await createStorage()
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const listening = await listen(
    { fetch: (request) => latchkey.fetch(request) },
    { host: '127.0.0.1', port: 0 },
  )
  closeSocket = () => listening.close(500)
  plain = {
    ...{ issuer: `http://127.0.0.1:${listening.port}`, clientId: 'plain' },
    ...{ redirectUri: spaRedirectUri, origin: spaOrigin },
  }
  await open({ secrets: [old] })
})
afterEach(async () => {
  await closeSocket()
  await latchkey.close()
  await provider.close()
  await storage.remove()
})

async function open(changes: Changes): Promise<void> {
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  latchkey = await createLatchkey(
    {
      issuer: plain.issuer,
      secrets: [old],
      storage: storage.url,
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
      ],
      providers: { oidc: provider.oidc },
      ...changes,
    },
    { clock, timers, logger: silentLogger },
  )
}

async function restart(changes: Changes = {}): Promise<void> {
  await latchkey.close()
  await open(changes)
}

const signIn = async () =>
  (await postToken(plain, redemptionOf(plain, await travel(plain, createBrowser(), { provider: 'oidc' }))))
    .body
const refresh = (body: Record<string, unknown>) =>
  postToken(plain, {
    grant_type: 'refresh_token',
    client_id: 'plain',
    refresh_token: String(body.refresh_token),
  })
const keys = async (): Promise<Record<string, string>[]> => {
  const { keys: published }: { keys: Record<string, string>[] } = await (
    await fetch(`${plain.issuer}/jwks`)
  ).json()
  return published
}

/** Everything that a restart may catch under way; each says whether it came to a good end afterwards. */
async function underWay(): Promise<Record<string, () => Promise<boolean>>> {
  const key = await createDpopKey()
  const session = await signIn()
  const trip = await travel(plain, createBrowser(), { provider: 'oidc' })
  const atProvider = createBrowser()
  const first = await start(plain, atProvider, startOf(plain, { provider: 'oidc' }).params)
  const atChooser = createBrowser()
  const chooser = await start(plain, atChooser, startOf(plain).params)
  const { headers } = await postToken(plain, { grant_type: 'x' })
  const nonce = headers.get('dpop-nonce') ?? ''
  const isApp = (url: URL) => url.href.startsWith(spaRedirectUri)
  return {
    'a refresh token': async () => (await refresh(session)).status === 200,
    'an access token': async () =>
      (
        await fetch(`${plain.issuer}/userinfo`, {
          headers: { Authorization: `Bearer ${session.access_token}` },
        })
      ).status === 200,
    'a code': async () => (await postToken(plain, redemptionOf(plain, trip))).status === 200,
    'a person at the provider': async () =>
      answerIn((await atProvider.follow(first, isApp)).next).has('code'),
    'a person at the chooser': async () => {
      const [form] = formsIn(chooser)
      if (form === undefined) return false
      const chosen = await submit(atChooser, chooser, form, { provider: 'oidc' })
      return answerIn((await atChooser.follow(chosen, isApp)).next).has('code')
    },
    'a DPoP nonce': async () => {
      const proof = await key.proof({ htm: 'POST', htu: `${plain.issuer}/token`, nonce })
      const attempt = {
        ...{ grant_type: 'authorization_code', client_id: 'web', code: 'A'.repeat(43) },
        code_verifier: 'v'.repeat(43),
      }
      return (await postToken(plain, attempt, { DPoP: proof })).body.error === 'invalid_grant'
    },
  }
}

async function outcomes(all: Record<string, () => Promise<boolean>>): Promise<Record<string, boolean>> {
  const entries: [string, boolean][] = []
  for (const [name, finish] of Object.entries(all)) entries.push([name, await finish()])
  return Object.fromEntries(entries)
}
const allGood = (all: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(all).map((name) => [name, true]))

describe('a restart', () => {
  it('A11 A36 is not noticed by anybody on the way', async () => {
    const all = await underWay()
    const before = await keys()
    await restart()
    expect(await outcomes(all)).toEqual(allGood(all))
    expect(await keys(), 'X10 the keys are the same').toEqual(before)
  })

  it('X10 with a new secret before the old one is not either, and seals with the new one', async () => {
    const all = await underWay()
    const fresh = secret()
    await restart({ secrets: [fresh, old] })
    expect(await outcomes(all)).toEqual(allGood(all))

    const session = await signIn()
    expect((await refresh(session)).status).toBe(200)
    await restart({ secrets: [fresh] })
    expect((await refresh(session)).status, 'the old secret is gone, and who refreshed since stays').toBe(200)
    await restart({ secrets: [old, fresh] })
  })

  it('X10 without the secret that sealed the keys ends before it begins, rather than sign everybody out', async () => {
    const session = await signIn()
    await expect(restart({ secrets: [secret()] })).rejects.toMatchObject({ code: 'wrong_secret' })
    await open({})
    expect((await refresh(session)).status).toBe(200)
  })

  it('A27 A44 X10 with another algorithm publishes its key, signs with it once all can know it, and lets the old one go', async () => {
    const session = await signIn()
    const [before] = await keys()
    await restart({ tokens: { algorithm: 'EdDSA' } })
    const said = async () => {
      const metadata: { id_token_signing_alg_values_supported: string[] } = await (
        await fetch(`${plain.issuer}/.well-known/openid-configuration`)
      ).json()
      return metadata.id_token_signing_alg_values_supported
    }
    const algorithmOf = ({ access_token: token }: Record<string, unknown>) =>
      decodeProtectedHeader(String(token)).alg
    await timers.pass(1_000)
    const after = await keys()
    expect(after).toContainEqual(before)
    expect(new Set(after.map(({ kid }) => kid)).size).toBe(after.length)
    expect(new Set(after.map(({ alg }) => alg))).toEqual(new Set(['ES256', 'EdDSA']))
    for (const jwk of after) expect(Object.keys(jwk)).not.toContain('d')
    expect(await said()).toEqual(['EdDSA', 'ES256'])

    // A verifier that asked a moment ago need not ask again.
    const jwks = createLocalJWKSet({ keys: after })
    await timers.pass(5 * 60_000)
    const last = (await refresh(session)).body
    expect(algorithmOf(last)).toBe('ES256')
    await timers.pass(60_000)
    const renewed = (await refresh(last)).body
    expect(algorithmOf(renewed)).toBe('EdDSA')
    expect(await said(), 'another process may still sign with the old one').toEqual(['EdDSA', 'ES256'])
    for (const { access_token: token } of [last, renewed]) {
      const currentDate = new Date(clock.now())
      await jwtVerify(String(token), jwks, { issuer: plain.issuer, typ: 'at+jwt', currentDate })
      const headers = { Authorization: `Bearer ${String(token)}` }
      expect((await fetch(`${plain.issuer}/userinfo`, { headers })).status).toBe(200)
    }
    await timers.pass(20 * 60_000)
    expect(new Set((await keys()).map(({ alg }) => alg))).toEqual(new Set(['EdDSA']))
    expect(await said()).toEqual(['EdDSA'])
    await restart()
    await timers.pass(7 * 60_000)
    expect(algorithmOf((await refresh(renewed)).body)).toBe('ES256')
  })

  it('A32 after a client was taken out of the configuration knows none of its sessions, codes and journeys', async () => {
    const all = await underWay()
    await restart({ clients: [{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] }] })
    expect(await outcomes(all)).toMatchObject({
      'a refresh token': false,
      'a code': false,
      'a person at the provider': false,
      'a person at the chooser': false,
    })
  })

  it('A01 after a redirect URI was taken out sends nobody there any more', async () => {
    const all = await underWay()
    const elsewhere = `${spaOrigin}/elsewhere`
    await restart({
      clients: [{ id: 'plain', dpop: 'off', redirect_uris: [elsewhere], origins: [spaOrigin] }],
    })
    expect(await outcomes(all)).toMatchObject({
      'a person at the provider': false,
      'a person at the chooser': false,
    })
  })
})
