import { describe, expect, test } from 'vitest'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { account, emailsEndpoint, userinfoEndpoint } from './account.fixture.ts'
import { json } from './upstream.fixture.ts'

describe('email-needs-second-call', () => {
  const provider: Partial<OAuth2ProviderConfig> = {
    scopes: ['read:user', 'user:email'],
    emailsEndpoint,
    emails: { email: 'email', verified: 'verified', primary: 'primary' },
    profile: { label: 'login' },
  }
  const userinfo = { id: 42, login: 'ann', email: 'public@example.com', email_verified: true }
  const entry = (email: unknown, primary: unknown, verified: unknown) => ({ email, primary, verified })
  const list = [
    entry('first@example.com', false, true),
    entry('unsure@example.com', true, false),
    entry('ann@example.com', true, true),
    entry('later@example.com', true, true),
  ]
  const second = (answer: Response | Error, more: Partial<OAuth2ProviderConfig> = {}) =>
    account({ provider: { ...provider, ...more }, userinfo, answers: { [emailsEndpoint]: answer } })
  const mailOf = async (op: ReturnType<typeof account>) => {
    const { email, emailVerified } = await op.identify()
    return { email, emailVerified }
  }
  const none = { email: undefined, emailVerified: false }

  test('email-needs-second-call: the first that is primary and verified, and never that of userinfo', async () => {
    const op = second(json(list))
    expect(await mailOf(op)).toEqual({ email: 'ann@example.com', emailVerified: true })
    expect(op.calls.at(-1)).toMatchObject({
      url: emailsEndpoint,
      method: 'GET',
      headers: { authorization: 'Bearer the-access-token' },
    })
    expect(await mailOf(second(json([])))).toEqual(none)
  })

  test.each<[string, unknown]>([
    ['verified as text', [entry('ann@example.com', true, 'true')]],
    ['primary as a number', [entry('ann@example.com', 1, true)]],
    ['no address', [entry({ a: 1 }, true, true)]],
    ['two addresses in one', [entry('a@b@example.com', true, true)]],
    ['what is no entry', ['ann@example.com', null, 7, [true, true]]],
    [
      'flags of a prototype',
      [JSON.parse('{"email":"ann@example.com","__proto__":{"primary":true,"verified":true}}')],
    ],
  ])('email-needs-second-call: no address from %s', async (_what, answer) => {
    expect(await mailOf(second(json(answer)))).toEqual(none)
  })

  test.each<[string, Response | Error, string]>([
    ['an outage', json({}, 503), 'provider_5xx'],
    ['a refusal', json({ message: 'no scope' }, 403), 'emails_status'],
    ['no JSON', new Response('<html>'), 'emails_not_json'],
    ['no list', json({ message: 'moved' }), 'emails_malformed'],
    ['an error', json({ error: 'invalid_token' }), 'emails_error'],
  ])(
    'email-needs-second-call: %s stops nobody, is told, and tells nothing of the address',
    async (_what, answer, reason) => {
      const op = second(answer)
      expect(await op.identify()).toEqual({
        ...{ subject: '42', label: 'ann', emailVerified: false },
        unheard: ['email'],
      })
      expect(op.failed).toMatchObject([{ reason }])
    },
  )

  test.each<[string, Response | Error, string]>([
    ['an outage', json({}, 503), 'temporarily_unavailable provider_5xx'],
    ['no list', json({}), 'provider_error emails_malformed'],
    [
      'another domain',
      json([entry('ann@other.example', true, true)]),
      'access_denied email_domain_not_allowed',
    ],
    [
      'no verified one',
      json([entry('ann@example.com', true, false)]),
      'access_denied email_domain_not_allowed',
    ],
    ['one of that domain', json(list), 'none'],
  ])('R36: email-needs-second-call: with allowed domains it decides: %s', async (_what, answer, expected) => {
    expect(await second(answer, { allowedEmailDomains: ['example.com'] }).outcome()).toBe(expected)
    const noScope = { allowedEmailDomains: ['example.com'], scopes: ['read:user'] }
    expect(await second(answer, noScope).outcome()).toBe(expected)
  })

  test.each<[string[], number]>([
    [['read:user'], 0],
    [['read:user', 'user:email'], 1],
    [['user'], 1],
    [[], 1],
  ])('email-needs-second-call: asked for %j: %i calls', async (scopes, calls) => {
    const op = second(json(list), { scopes })
    expect((await mailOf(op)).emailVerified).toBe(calls === 1)
    expect(op.asked(emailsEndpoint)).toBe(calls)
  })

  test('email-needs-second-call: not when an account is connected', async () => {
    const op = account({ provider, userinfo, answers: { [emailsEndpoint]: json(list) }, connecting: true })
    expect(await op.identify()).toEqual({ subject: '42', label: 'ann', emailVerified: false })
    expect(op.asked(emailsEndpoint)).toBe(0)
  })

  test('email-needs-second-call: a list within the answer, which names neither', async () => {
    const answer = json({ data: { values: [{ value: 'ann@example.com' }] } })
    const emails = { list: 'data.values', email: 'value' }
    const trusted = await mailOf(second(answer, { emails, wire: { emailVerified: 'always' } }))
    expect(trusted).toEqual({ email: 'ann@example.com', emailVerified: true })
    expect(await mailOf(second(answer, { emails }))).toEqual(none)
  })

  test('email-not-verified: the second call makes no address more than it is', async () => {
    const op = second(json(list), { quirks: ['email-not-verified'] })
    expect(await mailOf(op)).toEqual({ email: 'ann@example.com', emailVerified: false })
  })

  test('email-needs-second-call: a token that travels in the query does here, too', async () => {
    const op = second(json(list), {
      wire: { authorizationScheme: 'none', userinfoQuery: { key: '{access_token}', fields: 'id' } },
    })
    await op.identify()
    const at = (url: string) => op.calls.find((call) => call.url.startsWith(url))
    expect(at(emailsEndpoint)).toMatchObject({ url: `${emailsEndpoint}?key=the-access-token` })
    expect(at(userinfoEndpoint)).toMatchObject({ url: `${userinfoEndpoint}?key=the-access-token&fields=id` })
    expect(at(emailsEndpoint)?.headers).not.toHaveProperty('authorization')
  })

  test('email-needs-second-call: one answer that has both is asked for once', async () => {
    const emails = { list: 'emails', email: 'email', verified: 'verified', primary: 'primary' }
    const both = { ...provider, emails, emailsEndpoint: userinfoEndpoint }
    const one = account({ provider: both, userinfo: { ...userinfo, emails: list } })
    expect(await mailOf(one)).toEqual({ email: 'ann@example.com', emailVerified: true })
    expect(one.asked(userinfoEndpoint)).toBe(1)
    const without = account({ provider: both, userinfo })
    expect(await without.identify()).toMatchObject({ subject: '42', unheard: ['email'] })
    expect(without.failed).toMatchObject([{ reason: 'emails_malformed' }])
  })
})
