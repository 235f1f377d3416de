import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Browser, createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { followForms } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'
import { arrive, atApp, audience, errorIn } from './arrive.ts'
import { type OidcProviderPeer, startOidcProvider } from './oidc-provider.ts'
import { type Service, startService } from './service.ts'

const secret = 'a:secret%with+every kind/of=sign&'
const registrations = {
  basic: { client_id: 'latchkey:of%the+first kind', token_endpoint_auth_method: 'client_secret_basic' },
  posted: { client_id: 'latchkey-posted', token_endpoint_auth_method: 'client_secret_post' },
  elliptic: {
    client_id: 'latchkey-elliptic',
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES256',
  },
  edwards: {
    client_id: 'latchkey-edwards',
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'EdDSA',
  },
  public: { client_id: 'latchkey-public', token_endpoint_auth_method: 'none' },
  plain: { client_id: 'latchkey-plain', token_endpoint_auth_method: 'client_secret_basic' },
} as const
const kinds = Object.keys(registrations)

let peer: OidcProviderPeer
let server: Running
let service: Service

beforeAll(async () => {
  peer = await startOidcProvider()
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomUUID()
  const privateKey = { ...pair.privateKey.export({ format: 'jwk' }), kid, alg: 'ES256' }
  const publicKey = { ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
  const common = { type: 'oidc', issuer: peer.issuer } as const
  const withSecret = { ...common, client_secret: secret }
  server = await startLatchkey(
    () => ({
      linking: 'separate',
      clients: [{ id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [audience] }],
      providers: {
        basic: { ...withSecret, client_id: registrations.basic.client_id },
        wrong: { ...common, client_id: registrations.basic.client_id, client_secret: 'not this one' },
        posted: {
          ...withSecret,
          client_id: registrations.posted.client_id,
          token_endpoint_auth_method: 'client_secret_post',
          response_mode: 'form_post',
        },
        elliptic: { ...common, client_id: registrations.elliptic.client_id, private_key: privateKey },
        edwards: { ...withSecret, client_id: registrations.edwards.client_id },
        public: { ...common, client_id: registrations.public.client_id },
        plain: {
          type: 'oauth2',
          issuer: peer.issuer,
          authorization_endpoint: `${peer.issuer}/auth`,
          token_endpoint: `${peer.issuer}/token`,
          userinfo_endpoint: `${peer.issuer}/me`,
          client_id: registrations.plain.client_id,
          client_secret: secret,
          scopes: ['openid', 'profile', 'email'],
          subject: 'sub',
        },
      },
    }),
    { clock: runningClock() },
  )
  peer.register(
    Object.entries(registrations).map(([kind, registration]) => ({
      ...registration,
      redirect_uris: [`${server.issuer}/callback/${kind}`, `${server.issuer}/callback/wrong`],
      ...('id_token_signed_response_alg' in registration ? {} : { id_token_signed_response_alg: 'RS256' }),
      ...(kind === 'elliptic' ? { jwks: { keys: [publicKey] } } : {}),
      ...(kind === 'elliptic' || kind === 'public' ? {} : { client_secret: secret }),
    })),
  )
  service = await startService({ issuer: server.issuer, audience, clock: server.clock })
})
beforeEach(() => {
  peer.person({ accountId: 'ada' })
  peer.requests.length = 0
})
afterAll(async () => {
  await service?.close()
  await server?.close()
  await peer?.close()
})

async function travel(provider: string, changes: Record<string, string> = {}, known?: Browser) {
  const browser = known ?? createBrowser()
  const begun = startOf(server.spa, { provider, ...changes })
  const first = await start(server.spa, browser, begun.params)
  const page = await followForms(browser, first, atApp(server))
  return { ...begun, browser, page, answer: answerIn(page.next) }
}

const asked = (line: string) => peer.requests.filter((request) => request === line).length

describe('oidc-provider', () => {
  it.each(kinds)('signs people in, the whole journey: %s', async (kind) => {
    const { accessToken, idToken, userinfo } = await arrive(
      server,
      service,
      await travel(kind, { nonce: 'n-0' }),
    )
    expect(accessToken).toMatchObject({ idp: kind, client_id: 'web' })
    expect(idToken).toMatchObject({ nonce: 'n-0' })
    expect(userinfo).toMatchObject({ name: 'Ada Quinn', email: 'ada@example.com', email_verified: true })
    // It tells a name and an address at userinfo alone.
    expect(asked('GET /me')).toBe(1)
    expect(asked('POST /token')).toBe(1)
  })

  it('R31 the same person through other registrations is the same user, somebody else another', async () => {
    const subjects = []
    for (const kind of ['basic', 'posted', 'elliptic', 'edwards', 'public']) {
      subjects.push((await arrive(server, service, await travel(kind))).accessToken.sub)
    }
    expect(new Set(subjects).size).toBe(1)
    peer.person({ accountId: 'grace' })
    const grace = await arrive(server, service, await travel('basic'))
    expect(subjects).not.toContain(grace.accessToken.sub)
    expect(grace.userinfo).toMatchObject({ name: 'Grace Okoye', email_verified: false })
  })

  it('signs in a person who still has a session there, without a page', async () => {
    const first = await travel('basic')
    const again = await travel('basic', {}, first.browser)
    expect(again.answer.has('code')).toBe(true)
    expect(peer.requests.filter((request) => request.startsWith('GET /interaction/')).length).toBe(2)
  })

  it.each(['basic', 'elliptic', 'edwards'])('R17 goes on when it rotates its keys: %s', async (kind) => {
    expect((await travel(kind)).answer.has('code')).toBe(true)
    peer.requests.length = 0
    peer.rotateKeys()
    for (let count = 0; count < 3; count++) expect((await travel(kind)).answer.has('code')).toBe(true)
    expect(asked('GET /jwks')).toBe(1)
    expect(asked('GET /.well-known/openid-configuration')).toBe(0)
  })

  it('R14 proves how long ago the person signed in', async () => {
    const trip = await travel('basic', { max_age: '120' })
    const { accessToken } = await arrive(server, service, trip)
    expect(Math.abs(Number(accessToken.auth_time) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('R21 says when the person refused', async () => {
    peer.person({ refuses: true })
    expect(errorIn(await travel('basic'))).toBe('access_denied')
    expect(asked('POST /token')).toBe(0)
  })

  it('R29 says when our secret is not the right one', async () => {
    expect(errorIn(await travel('wrong'))).toBe('provider_error')
    expect(asked('POST /token')).toBe(1)
  })

  it('R03 R20 is not mixed up with itself under another name', async () => {
    const browser = createBrowser()
    const begun = startOf(server.spa, { provider: 'basic' })
    const page = await browser.follow(await start(server.spa, browser, begun.params), (url) =>
      url.pathname.startsWith('/callback/'),
    )
    const moved = new URL(page.next ?? '')
    moved.pathname = '/callback/elliptic'
    expect(await browser.visit(moved, { from: peer.issuer })).toMatchObject({ status: 400, next: undefined })
    expect(asked('POST /token')).toBe(0)
  })
})
