import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { formsIn, submit } from '../support/forms.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { type Operator, startOperator } from '../support/operator.ts'
import { answerIn, provedToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'
import { arrive } from './arrive.ts'
import { linkTrip, type SignedIn, signIn } from './support.ts'

let provider: FakeProvider
let server: Running
let operator: Operator
beforeAll(async () => {
  ;[provider, operator] = await Promise.all([createFakeProvider({ algorithm: 'ES256' }), startOperator()])
}, 60_000)
afterAll(() => Promise.all([provider?.close(), operator?.close()]))
beforeEach(() => provider.autoApprove('user'))

const subOf = async (user: SignedIn) => String((await user.call('GET', '/account')).body.sub)
const refresh = (user: SignedIn) =>
  provedToken(server.spa, user.key, {
    ...{ grant_type: 'refresh_token', client_id: 'web', refresh_token: user.refreshToken },
  })

describe('beside a running server', () => {
  beforeEach(async () => {
    server = await startLatchkey(() => ({
      linking: 'separate',
      providers: { oidc: provider.oidc, plain: provider.oauth2 },
    }))
    return () => server.close()
  })

  it('A39 a disabled user is out at once, everywhere, and back once enabled', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const id = await subOf(user)
    const link = await linkTrip(server, user, 'plain')
    const half = await travel(server.spa, createBrowser(server.clock), {
      dpop_jkt: user.key.jkt,
      provider: 'oidc',
    })
    expect(await operator.run(server, ['users', 'disable', id])).toMatchObject({
      ...{ code: 0, printed: { id, changed: true } },
      events: [{ type: 'user.disabled', actor: 'operator', subject: id }],
    })

    expect((await user.call('GET', '/account')).status).toBe(401)
    expect(await refresh(user)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await provedToken(server.spa, user.key, redemptionOf(server.spa, half))).toMatchObject({
      body: { error: 'invalid_grant' },
    })
    expect((await user.call('POST', '/account/identities', link)).status).toBe(401)
    expect(await arrive(server, { provider: 'oidc' })).toBe('access_denied')

    expect(await operator.run(server, ['users', 'enable', id])).toMatchObject({
      events: [{ type: 'user.enabled' }],
    })
    expect(await refresh(user), 'what has ended stays ended').toMatchObject({
      body: { error: 'invalid_grant' },
    })
    const back = await signIn(server, { provider: 'oidc' })
    expect(await subOf(back)).toBe(id)
    expect((await back.call('GET', '/account/identities')).body.identities).toHaveLength(1)
  })

  it('A39 50 an erased user is nobody at once, and a new one when they come again', async () => {
    const user = await signIn(server, { provider: 'oidc' })
    const id = await subOf(user)
    expect(await operator.run(server, ['users', 'erase', id])).toMatchObject({ code: 2, events: [] })
    expect(await operator.run(server, ['users', 'erase', id, '--yes'])).toMatchObject({
      ...{ code: 0, events: [{ type: 'user.erased', actor: 'operator', subject: id }] },
    })
    expect((await user.call('GET', '/account')).status).toBe(401)
    expect(await refresh(user)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await arrive(server, { provider: 'oidc' })).not.toBe(id)
  })

  it('A39 an operator lists the sessions of a user and ends one', async () => {
    const [here, there] = [
      await signIn(server, { provider: 'oidc' }),
      await signIn(server, { provider: 'oidc' }),
    ]
    const id = await subOf(here)
    const { body } = await here.call('GET', '/account/sessions')
    const { printed } = await operator.run(server, ['sessions', 'list', '--user', id])
    const idsIn = (list: unknown) => JSON.stringify(list).match(/ses_[\w-]+/g)
    expect(idsIn(printed)).toEqual(idsIn(body))
    const current = /"id":"(ses_[\w-]+)"[^}]*"current":true/.exec(JSON.stringify(body))?.[1] ?? ''
    expect(await operator.run(server, ['sessions', 'revoke', current])).toMatchObject({
      events: [{ type: 'session.revoked', actor: 'operator', subject: id, data: { session_id: current } }],
    })
    expect((await here.call('GET', '/account')).status).toBe(401)
    expect((await there.call('GET', '/account')).status).toBe(200)
  })
})

describe('signup: invite', () => {
  beforeEach(async () => {
    server = await startLatchkey((issuer) => ({
      signup: 'invite',
      linking: 'separate',
      providers: { oidc: provider.oidc, plain: provider.oauth2 },
      clients: [
        { id: 'web', redirect_uris: ['http://localhost:5555/callback'], origins: ['http://localhost:5555'] },
        {
          ...{
            id: 'link',
            redirect_uris: ['http://localhost:5555/callback'],
            origins: ['http://localhost:5555'],
          },
          ...{ allow_get_authorize: true, resources: [issuer] },
        },
      ],
    }))
    return () => server.close()
  })

  const invite = async (...args: string[]) => {
    const { printed } = await operator.run(server, ['users', 'invite', ...args], { signup: 'invite' })
    return String(printed.invite)
  }

  it('R33 a code lets one person in, once, and known ones come without', async () => {
    expect(await arrive(server, { provider: 'oidc' })).toBe('signup_closed')
    expect(await arrive(server, { provider: 'oidc', invite: 'x'.repeat(43) })).toBe('signup_closed')
    const code = await invite()
    const id = await arrive(server, { provider: 'oidc', invite: code })
    expect(id).toMatch(/^usr_/)
    expect(await arrive(server, { provider: 'oidc' })).toBe(id)
    provider.autoApprove('admin')
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe('signup_closed')
    expect(server.events.filter(({ type }) => type === 'user.created')).toHaveLength(1)
  })

  it('R33 a code is not used up by who is known, by who gives up, or by a failure', async () => {
    const known = await arrive(server, { provider: 'oidc', invite: await invite() })
    const code = await invite()
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe(known)
    provider.autoApprove('denies')
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe('access_denied')
    provider.autoApprove('admin')
    provider.faults.next('token', 'http-503')
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe('temporarily_unavailable')
    expect(await arrive(server, { provider: 'oidc', invite: code })).toMatch(/^usr_/)
  })

  it('R33 a code for an address is for whoever has proved it, until it runs out', async () => {
    const code = await invite('--email', 'Grace@example.com', '--expires', '30m')
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe('signup_closed')
    provider.autoApprove('admin')
    server.clock.advance(1_860_000)
    expect(await arrive(server, { provider: 'oidc', invite: code })).toBe('signup_closed')
    server.clock.advance(-1_860_000)
    expect(await arrive(server, { provider: 'oidc', invite: code })).toMatch(/^usr_/)
  })

  it('R33 X06 goes by PAR, by a link and through the chooser, and is in no log, cookie or page', async () => {
    const codes = [await invite(), await invite(), await invite()]
    const [first = '', second = '', third = ''] = codes
    const seen: string[] = []

    const pushed = startOf(server.spa, { provider: 'oidc', invite: first })
    const answer = await fetch(`${server.issuer}/par`, {
      method: 'POST',
      body: new URLSearchParams(pushed.params),
    })
    const { request_uri }: { request_uri: string } = await answer.json()
    seen.push(Buffer.from(request_uri.split(':').at(-1) ?? '', 'base64url').toString('latin1'))
    const agents = [
      createBrowser(server.clock),
      createBrowser(server.clock),
      createBrowser(server.clock),
    ] as const
    const endIn = async (agent: (typeof agents)[number], page: Awaited<ReturnType<typeof start>>) => {
      seen.push(page.body, JSON.stringify(agent.cookies()))
      const last = await agent.follow(page, (url) => url.href.startsWith(server.spa.redirectUri))
      return answerIn(last.next).get('error') ?? 'code'
    }
    const begun = await start(server.spa, agents[0], { client_id: 'web', request_uri })
    expect(await endIn(agents[0], begun)).toBe('code')

    provider.autoApprove('admin')
    const byLink = startOf(server.spa, { provider: 'oidc', invite: second, client_id: 'link' })
    const url = new URL(`${server.issuer}/authorize`)
    url.search = new URLSearchParams(byLink.params).toString()
    expect(await endIn(agents[1], await agents[1].visit(url))).toBe('code')

    provider.autoApprove('no-email')
    const chosen = startOf(server.spa, { invite: third })
    const chooser = await start(server.spa, agents[2], chosen.params)
    seen.push(chooser.body)
    const [form] = formsIn(chooser)
    if (form === undefined) throw new Error('no choice')
    expect(await endIn(agents[2], await submit(agents[2], chooser, form, { provider: 'oidc' }))).toBe('code')

    for (const code of codes) {
      expect(seen.join()).not.toContain(code)
      expect(server.logs.join()).not.toContain(code)
    }
    expect(server.events.filter(({ type }) => type === 'user.created')).toHaveLength(3)
  })
})

describe('resolveUser', () => {
  let answer: () => string | null | Promise<string | null> = () => null
  const asked: unknown[] = []
  beforeEach(async () => {
    asked.length = 0
    server = await startLatchkey(() => ({
      signup: 'closed',
      providers: { oidc: provider.oidc, plain: provider.oauth2 },
      resolveUser: (identity) => {
        asked.push(identity)
        return answer()
      },
    }))
    return () => server.close()
  })
  const countUsers = () => server.events.filter(({ type }) => type === 'user.created').length

  it('decides who comes in, under which id, by every one of their identities', async () => {
    answer = () => 'customer-42'
    expect(await arrive(server, { provider: 'oidc' })).toBe('customer-42')
    expect(await arrive(server, { provider: 'plain' })).toBe('customer-42')
    expect(await arrive(server, { provider: 'oidc' })).toBe('customer-42')
    expect(countUsers()).toBe(1)
    expect(asked[0]).toEqual({
      ...{ provider: 'oidc', issuer: provider.issuer, subject: 'fake-user-ada', label: 'ada@example.com' },
      ...{ name: 'Ada Quinn', email: 'ada@example.com', email_verified: true },
    })
    expect(JSON.stringify(asked)).not.toMatch(/token/i)
  })

  it('V09 moves no identity, and lets nobody in whom it does not know', async () => {
    answer = () => 'customer-42'
    await arrive(server, { provider: 'oidc' })
    answer = () => 'customer-43'
    expect(await arrive(server, { provider: 'oidc' })).toBe('access_denied')
    answer = () => null
    expect(await arrive(server, { provider: 'oidc' })).toBe('access_denied')
    expect(await arrive(server, { provider: 'plain' })).toBe('signup_closed')
    expect(countUsers()).toBe(1)
  })

  it.each<[string, () => string | null | Promise<string | null>, string]>([
    [
      'fails',
      () => Promise.reject(new Error('postgres://user:secret@db is down')),
      'temporarily_unavailable',
    ],
    ['gives no id', () => '', 'server_error'],
    ['A30 gives a client’s id', () => 'web', 'server_error'],
  ])('stores nothing when it %s', async (_, how, ending) => {
    answer = how
    expect(await arrive(server, { provider: 'oidc' })).toBe(ending)
    expect(countUsers()).toBe(0)
    expect(server.logs.join()).not.toContain('user:secret')
    answer = () => 'customer-42'
    expect(await arrive(server, { provider: 'oidc' })).toBe('customer-42')
  })
})
