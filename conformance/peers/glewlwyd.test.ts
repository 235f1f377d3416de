import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { followForms } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'
import { arrive, atApp, audience, errorIn } from './arrive.ts'
import { type Glewlwyd, type GlewlwydUser, startGlewlwyd } from './glewlwyd.ts'
import { findGlewlwyd, howToGetGlewlwyd } from './glewlwyd-files.ts'
import { type Service, startService } from './service.ts'

const files = await findGlewlwyd()
if (files === undefined) process.stderr.write(`${howToGetGlewlwyd}\n`)

const ada = {
  username: 'ada',
  password: 'password-of-ada',
  name: 'Ada Quinn',
  email: 'ada@example.com',
}
const grace = { ...ada, username: 'grace', name: 'Grace Okoye', email: 'grace@example.com' }

// It does not decode Basic credentials: what needs no encoding must have none.
const easy = { id: 'latchkey-1_a.b', secret: 'a-secret_of.glewlwyd-1' }
const hard = { id: 'latchkey~raw', secret: 'a+secret/with=signs~and spaces' }
const posted = { id: 'latchkey-posted', secret: easy.secret }
const plain = { id: 'latchkey-plain', secret: easy.secret }
const registered: Record<string, { id: string; secret: string }> = {
  oidc: easy,
  wrong: easy,
  raw: hard,
  encoded: hard,
  posted,
  plain,
}

describe.skipIf(files === undefined)('Glewlwyd, a provider in C (skipped where there is no glewlwyd)', () => {
  let glewlwyd: Glewlwyd
  let server: Running
  let service: Service

  beforeAll(async () => {
    if (files === undefined) return
    glewlwyd = await startGlewlwyd(files)
    const openid = (client: typeof easy) => ({
      type: 'oidc' as const,
      issuer: glewlwyd.issuer,
      client_id: client.id,
      client_secret: client.secret,
      scopes: ['openid'],
    })
    server = await startLatchkey(
      () => ({
        linking: 'separate',
        clients: [
          { id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [audience] },
        ],
        providers: {
          oidc: openid(easy),
          wrong: openid({ ...easy, secret: 'not-this-one' }),
          raw: { ...openid(hard), quirks: ['basic-not-urlencoded'] },
          encoded: openid(hard),
          posted: { ...openid(posted), response_mode: 'form_post' },
          plain: {
            type: 'oauth2',
            authorization_endpoint: glewlwyd.plain.authorization,
            token_endpoint: glewlwyd.plain.token,
            userinfo_endpoint: glewlwyd.plain.profile,
            client_id: plain.id,
            client_secret: plain.secret,
            scopes: ['read:user'],
            subject: 'username',
          },
        },
      }),
      { clock: runningClock() },
    )
    service = await startService({ issuer: server.issuer, audience, clock: server.clock })
    for (const client of new Set(Object.values(registered))) {
      const names = Object.keys(registered).filter((name) => registered[name] === client)
      const redirectUris = names.map((name) => `${server.issuer}/callback/${name}`)
      await glewlwyd.addClient({ ...client, redirectUris })
    }
    for (const user of [ada, grace]) await glewlwyd.addUser(user)
  })
  afterAll(async () => {
    await service?.close()
    await server?.close()
    await glewlwyd?.close()
  })

  /** A browser in which somebody is signed in there and has consented. */
  async function browserOf(user: GlewlwydUser, provider: string): Promise<Browser> {
    const browser = createBrowser()
    const scopes = provider === 'plain' ? ['read:user'] : ['openid']
    const line = await glewlwyd.signIn(user, registered[provider]?.id ?? '', scopes)
    browser.setCookie(glewlwyd.origin, line)
    return browser
  }

  async function travel(provider: string, user: GlewlwydUser = ada) {
    const browser = await browserOf(user, provider)
    const begun = startOf(server.spa, { provider })
    const login = await browser.follow(await start(server.spa, browser, begun.params), atApp(server))
    // Its page is a script that goes on from here once the person has signed in and consented.
    const onward = new URL(login.url.searchParams.get('callback_url') ?? login.url)
    onward.searchParams.set('g_continue', '')
    const page = await followForms(browser, await browser.visit(onward), atApp(server))
    return { ...begun, browser, page, answer: answerIn(page.next) }
  }

  it('signs people in, the whole journey: OpenID Connect', async () => {
    const { accessToken, userinfo } = await arrive(server, service, await travel('oidc'))
    expect(accessToken).toMatchObject({ idp: 'oidc', client_id: 'web' })
    expect(userinfo).toMatchObject({ name: 'Ada Quinn', email: 'ada@example.com' })
    // It never said that it had verified the address.
    expect(userinfo.email_verified).not.toBe(true)
  })

  it('R24 signs people in, the whole journey: form_post', async () => {
    expect((await arrive(server, service, await travel('posted'))).accessToken.idp).toBe('posted')
  })

  it('signs people in, the whole journey: plain OAuth 2.0', async () => {
    const { accessToken, userinfo } = await arrive(server, service, await travel('plain'))
    expect(accessToken.idp).toBe('plain')
    expect(userinfo.name).toBe('Ada Quinn')
  })

  it('R31 the same person each time is the same user, somebody else another', async () => {
    const one = await arrive(server, service, await travel('oidc'))
    const two = await arrive(server, service, await travel('posted'))
    const other = await arrive(server, service, await travel('oidc', grace))
    expect(two.accessToken.sub).toBe(one.accessToken.sub)
    expect(other.accessToken.sub).not.toBe(one.accessToken.sub)
  })

  it('R29 takes a secret full of signs where the configuration says that it does not decode', async () => {
    expect((await travel('raw')).answer.has('code')).toBe(true)
    expect(errorIn(await travel('encoded'))).toBe('provider_error')
  })

  it('R29 says when our secret is not the right one', async () => {
    expect(errorIn(await travel('wrong'))).toBe('provider_error')
  })

  it('R17 goes on when it rotates its keys', async () => {
    expect((await travel('oidc')).answer.has('code')).toBe(true)
    await glewlwyd.rotateKey()
    for (let count = 0; count < 2; count++) expect((await travel('oidc')).answer.has('code')).toBe(true)
  })
})
