import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { connect } from '../connect/support.ts'
import { createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { formsIn, submit } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'
import { vaultCaller } from '../vault/caller.ts'
import { arrive, atApp, audience, errorIn } from './arrive.ts'
import { type DjangoProvider, hasDjango, howToGetDjango, startDjango } from './django.ts'
import { freePort } from './process.ts'
import { type Service, startService } from './service.ts'

const present = hasDjango()
if (!present) process.stderr.write(`${howToGetDjango}\n`)

const ada = { username: 'ada', password: 'password-of-ada', name: 'Ada Quinn', email: 'ada@example.com' }
const grace = { ...ada, username: 'grace', name: 'Grace Okoye', email: 'grace@example.com' }

/** It decodes Basic credentials, as the standard has it. */
const secret = 'a:secret%with+every kind/of=sign&'
const algorithms = { basic: 'RS256', posted: 'RS256', symmetric: 'HS256', wrong: 'RS256', plain: '' } as const
const ids = ['basic', 'posted', 'symmetric', 'wrong', 'plain'] as const

describe.skipIf(!present)('django-oauth-toolkit, a provider in Python (skipped where there is none)', () => {
  let django: DjangoProvider
  let server: Running
  let service: Service

  beforeAll(async () => {
    // Its clients are read at start, so our own address has to be known before.
    const port = await freePort()
    django = await startDjango({
      people: [ada, grace],
      clients: ids.map((id) => ({
        ...{ id, secret, algorithm: algorithms[id] },
        redirectUris: [`http://127.0.0.1:${port}/callback/${id}`],
      })),
    })
    const openid = (id: string, more = {}) => ({
      ...{ type: 'oidc' as const, issuer: django.issuer, client_id: id, client_secret: secret },
      ...{ scopes: ['openid'], metadata: django.metadata },
      ...more,
    })
    const reports = vaultCaller('reports', () => server.issuer)
    server = await startLatchkey(
      () => ({
        linking: 'separate',
        clients: [
          { id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [audience] },
        ],
        services: [{ id: reports.id, secret: reports.secret, vault: { plain: ['*'] } }],
        providers: {
          basic: openid('basic'),
          posted: openid('posted', { token_endpoint_auth_method: 'client_secret_post' }),
          symmetric: openid('symmetric'),
          wrong: openid('wrong', { client_secret: 'not this one' }),
          plain: {
            type: 'oauth2',
            authorization_endpoint: `${django.origin}/o/authorize/`,
            token_endpoint: `${django.origin}/o/token/`,
            userinfo_endpoint: `${django.origin}/me`,
            revocation_endpoint: `${django.origin}/o/revoke_token/`,
            client_id: 'plain',
            client_secret: secret,
            scopes: ['read'],
            subject: 'id',
            profile: { email: 'mail', label: 'login' },
            connect: true,
          },
        },
      }),
      { clock: runningClock(), port },
    )
    service = await startService({ issuer: server.issuer, audience, clock: server.clock })
  })
  afterAll(async () => {
    await service?.close()
    await server?.close()
    await django?.close()
  })

  async function travel(provider: string, { username, password } = ada) {
    const browser = createBrowser()
    const begun = startOf(server.spa, { provider })
    const login = await browser.follow(await start(server.spa, browser, begun.params), atApp(server))
    const [form] = formsIn(login)
    if (form === undefined) throw new Error(`no form at ${login.url}: ${login.status}`)
    const page = await browser.follow(
      await submit(browser, login, form, { username, password }),
      atApp(server),
    )
    return { ...begun, browser, page, answer: answerIn(page.next) }
  }

  it.each(['basic', 'posted'])('signs people in, the whole journey: OpenID Connect, %s', async (kind) => {
    const { accessToken, userinfo } = await arrive(server, service, await travel(kind))
    expect(accessToken).toMatchObject({ idp: kind, client_id: 'web' })
    expect(userinfo).toMatchObject({ name: 'Ada Quinn', email: 'ada@example.com' })
    // It never said that it had verified the address.
    expect(userinfo.email_verified).not.toBe(true)
  })

  it('signs people in, the whole journey: plain OAuth 2.0', async () => {
    const { accessToken, userinfo } = await arrive(server, service, await travel('plain'))
    expect(accessToken.idp).toBe('plain')
    expect(userinfo.name).toBe('Ada Quinn')
  })

  it('R31 the same person each time is the same user, somebody else another', async () => {
    const one = await arrive(server, service, await travel('basic'))
    const two = await arrive(server, service, await travel('posted'))
    const other = await arrive(server, service, await travel('basic', grace))
    expect(two.accessToken.sub).toBe(one.accessToken.sub)
    expect(other.accessToken.sub).not.toBe(one.accessToken.sub)
  })

  it('R08 takes no ID token that our secret signs', async () => {
    expect(errorIn(await travel('symmetric'))).toBe('provider_error')
  })

  it('R29 says when our secret is not the right one', async () => {
    expect(errorIn(await travel('wrong'))).toBe('provider_error')
  })

  it('V03 renews a connected account there, whose refresh tokens rotate, and revokes it at the end', async () => {
    const { browser } = await travel('plain', grace)
    const user: SignedIn = await signIn(server, { provider: 'plain' }, {}, browser)
    const { id, account } = await connect(server, user, { provider: 'plain' })
    expect(account.label).toBe('grace')
    const whose = async () => {
      // A new one each time: its own token is over in an hour, too.
      const { status, body } = await vaultCaller('reports', () => server.issuer).token(id)
      expect(status).toBe(200)
      const token = String(body.access_token)
      const response = await fetch(`${django.origin}/me`, { headers: { Authorization: `Bearer ${token}` } })
      return { token, status: response.status }
    }
    const tokens = [await whose()]
    for (let round = 0; round < 3; round++) {
      server.clock.advance(3_600_000)
      tokens.push(await whose())
    }
    expect(tokens.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(4)

    const again = await signIn(server, { provider: 'plain' }, {}, browser)
    expect((await again.call('DELETE', `/account/connections/${id}`)).status).toBe(200)
    const last = tokens.at(-1)?.token
    await expect
      .poll(async () => {
        const response = await fetch(`${django.origin}/me`, { headers: { Authorization: `Bearer ${last}` } })
        return response.status
      })
      .toBe(403)
  })
})
