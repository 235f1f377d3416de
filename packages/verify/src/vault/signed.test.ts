import { describe, expect, test } from 'vitest'
import { api, createFakeLatchkey } from './latchkey.fixture.ts'
import { withForm } from './signed.ts'

const ada = { user: 'usr_ada', provider: 'old' }
const tokenOf = 'POST /vault/connections/con_1/token'
const signOf = 'POST /vault/connections/con_1/sign'
const reportOf = 'POST /vault/connections/con_1/report'
const authorization = 'OAuth oauth_token="t"'

const unsupported = () => Response.json({ error: 'unsupported_token_type' }, { status: 400 })

/** A connection whose token is not handed out. */
function setUp() {
  const latchkey = createFakeLatchkey()
  latchkey.connections.push({ id: 'con_1', ...ada, token: 'never shown' })
  const many = <T>(one: T) => Array.from({ length: 9 }, () => one)
  latchkey.script(tokenOf, ...many(unsupported))
  const expires_at = new Date(latchkey.clock.time + 60_000).toISOString()
  const signs = () => Response.json({ authorization, expires_at })
  latchkey.script(signOf, ...many(signs))
  return { latchkey, vault: latchkey.vault() }
}

describe('An account of OAuth 1.0a', () => {
  test('has no token', async () => {
    const { vault } = setUp()
    await expect(vault.token(ada)).rejects.toMatchObject({
      ...{ name: 'VaultError', code: 'unsupported_token_type', retryable: false, connectionId: 'con_1' },
    })
  })

  test('gives signatures', async () => {
    const { latchkey, vault } = setUp()
    expect(await vault.sign(ada, { method: 'GET', url: api })).toEqual({
      ...{ authorization, expiresAt: latchkey.clock.time + 60_000 },
    })
    await expect(vault.sign(ada, { method: 'GET', url: 'http://api.example/me' })).rejects.toThrow(TypeError)
  })

  test('is called with a signature each, and the token is asked for once', async () => {
    const { latchkey, vault } = setUp()
    for (const body of ['a', 'b']) {
      const response = await vault.fetch(ada, api, { method: 'POST', body })
      expect([response.status, await response.text()]).toEqual([200, body])
    }
    const calls = latchkey.since().filter((call) => call !== 'POST /token' && !call.startsWith('GET'))
    // The fixture's API notes of a header what stands behind seven characters.
    const seen = `api ${authorization.slice(7)}`
    expect(calls).toEqual([tokenOf, signOf, seen, signOf, seen])
  })

  test('is reported when it answers 401, and its answer comes back', async () => {
    const { latchkey, vault } = setUp()
    latchkey.refuse(authorization.slice(7))
    expect((await vault.fetch(ada, api)).status).toBe(401)
    expect(latchkey.since()).toContain(reportOf)
  })

  test('whose signature would be its secrets is called by way of Latchkey', async () => {
    const { latchkey, vault } = setUp()
    latchkey.script(signOf, unsupported)
    const response = await vault.fetch(ada, `${api}?a=1`, {
      method: 'POST',
      body: new URLSearchParams({ b: '2' }),
    })
    expect([response.status, await response.text()]).toEqual([302, '?a=1 b=2'])
  })

  test.each([
    [{}, 'no authorization'],
    [{ authorization: 'a\nb', expires_at: '2027-01-01T00:00:00Z' }, 'two lines'],
    [{ authorization, expires_at: 'soon' }, 'no date'],
  ])('%j is no signature: %s', async (body, _why) => {
    const { latchkey, vault } = setUp()
    latchkey.script(signOf, () => Response.json(body))
    await expect(vault.sign(ada, { method: 'GET', url: api })).rejects.toMatchObject({
      code: 'unexpected_answer',
    })
  })
})

describe('What is signed of a body', () => {
  const form = 'application/x-www-form-urlencoded'
  test.each<[string, RequestInit, string | undefined]>([
    ['parameters', { body: new URLSearchParams({ a: 'b c' }) }, 'a=b+c'],
    [
      'a text that says it is a form',
      { body: 'a=b%20c', headers: { 'Content-Type': `${form}; charset=utf-8` } },
      'a=b%20c',
    ],
    ['a text', { body: 'a=b' }, undefined],
    ['JSON', { body: '{}', headers: { 'content-type': 'application/json' } }, undefined],
    [
      'parameters under another name',
      { body: new URLSearchParams({ a: 'b' }), headers: { 'content-type': 'text/plain' } },
      undefined,
    ],
    ['bytes', { body: new Uint8Array(3), headers: { 'content-type': form } }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, init, signed) => {
    const written = withForm(init)
    expect(written.form).toBe(signed)
    if (signed !== undefined)
      expect([written.init.body, written.init.headers.get('content-type')]).toEqual([
        signed,
        expect.stringContaining(form),
      ])
  })
})
