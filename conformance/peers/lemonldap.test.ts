import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { formsIn, submit } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'
import { arrive, atApp, audience, errorIn } from './arrive.ts'
import {
  hasLemonldap,
  howToGetLemonldap,
  type Lemonldap,
  type LemonldapClient,
  startLemonldap,
} from './lemonldap.ts'
import { freePort } from './process.ts'
import { type Service, startService } from './service.ts'

const present = hasLemonldap()
if (!present) process.stderr.write(`${howToGetLemonldap}\n`)

const kinds = ['basic', 'posted', 'large'] as const

describe.skipIf(!present)('LemonLDAP::NG, a provider in Perl (skipped where there is none)', () => {
  let lemonldap: Lemonldap
  let server: Running
  let service: Service

  beforeAll(async () => {
    // Its clients are read at start, so our own address has to be known before.
    const issuer = { port: await freePort() }
    const registration = (id: string, more: Partial<LemonldapClient> = {}): LemonldapClient => ({
      ...{ id, secret: `secret-of_${id}` },
      redirectUris: [`http://127.0.0.1:${issuer.port}/callback/${id}`],
      ...more,
    })
    const clients = [
      registration('basic', { requirePkce: true }),
      registration('posted', { secret: 'a+secret/with=signs~and spaces' }),
      registration('large', { algorithm: 'RS512' }),
      registration('symmetric', { algorithm: 'HS256' }),
      registration('wrong'),
    ]
    lemonldap = await startLemonldap(clients)
    const provider = (id: string, more = {}) => ({
      ...{ type: 'oidc' as const, issuer: lemonldap.issuer, client_id: id },
      client_secret: clients.find((client) => client.id === id)?.secret ?? '',
      ...more,
    })
    server = await startLatchkey(
      () => ({
        linking: 'separate',
        clients: [
          { id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [audience] },
        ],
        providers: {
          basic: provider('basic'),
          posted: provider('posted', {
            token_endpoint_auth_method: 'client_secret_post',
            response_mode: 'form_post',
          }),
          large: provider('large', { id_token_algorithms: ['RS512'] }),
          symmetric: provider('symmetric'),
          wrong: provider('wrong', { client_secret: 'not this one' }),
        },
      }),
      { clock: runningClock(), port: issuer.port },
    )
    service = await startService({ issuer: server.issuer, audience, clock: server.clock })
  })
  afterAll(async () => {
    await service?.close()
    await server?.close()
    await lemonldap?.close()
  })

  /** Signs in on its page with the name as password, as its demonstration has it. */
  async function travel(provider: string, user = 'dwho') {
    const browser = createBrowser()
    const begun = startOf(server.spa, { provider })
    const login = await browser.follow(await start(server.spa, browser, begun.params), atApp(server))
    const form = formsIn(login).find(({ fields }) => fields.some(([name]) => name === 'password'))
    if (form === undefined) throw new Error(`no form at ${login.url}: ${login.status}`)
    const onward = await browser.follow(
      await submit(browser, login, form, { user, password: user }),
      atApp(server),
    )
    // A form_post answer, which a script of its own file submits.
    const [posted] = formsIn(onward).filter(({ fields }) => fields.some(([name]) => name === 'code'))
    const page =
      posted === undefined
        ? onward
        : await browser.follow(await submit(browser, onward, posted), atApp(server))
    return { ...begun, browser, page, answer: answerIn(page.next) }
  }

  it.each(kinds)('signs people in, the whole journey: %s', async (kind) => {
    const { accessToken, userinfo } = await arrive(server, service, await travel(kind))
    expect(accessToken).toMatchObject({ idp: kind, client_id: 'web' })
    expect(userinfo).toMatchObject({ name: 'Doctor Who', email: 'dwho@badwolf.org' })
    // It never said that it had verified the address.
    expect(userinfo.email_verified).not.toBe(true)
  })

  it('R31 the same person each time is the same user, somebody else another', async () => {
    const one = await arrive(server, service, await travel('basic'))
    const two = await arrive(server, service, await travel('posted'))
    const other = await arrive(server, service, await travel('basic', 'rtyler'))
    expect(two.accessToken.sub).toBe(one.accessToken.sub)
    expect(other.accessToken.sub).not.toBe(one.accessToken.sub)
  })

  it('R08 takes no ID token that our secret signs', async () => {
    expect(errorIn(await travel('symmetric'))).toBe('provider_error')
  })

  it('R29 says when our secret is not the right one', async () => {
    expect(errorIn(await travel('wrong'))).toBe('provider_error')
  })
})
