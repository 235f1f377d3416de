import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile }) => ({
      providers: {
        oidc: { ...hostile.oidc, authorize_params: { access_type: 'offline', prompt: 'consent' } },
        posted: { ...hostile.oidc, response_mode: 'form_post' },
        plain: { ...hostile.oauth2, scopes: ['read:user', 'user:email'] },
        narrow: { ...hostile.oidc, scopes: ['email'] },
        old: { ...hostile.oauth2, pkce: 'none' },
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

/** One trip, and what the provider saw of it. */
async function observed(kind: string, changes: Record<string, string> = {}) {
  room.fresh()
  room.hostile.faults.always('id_token', terse)
  const trip = await takeTrip(room, kind, { changes })
  const { requests } = room.hostile
  return {
    trip,
    query: requests.last('authorize')?.query,
    form: requests.last('token')?.form,
    all: [...requests],
  }
}

describe.each(['oidc', 'posted', 'plain', 'narrow'])('what the provider %s is asked', (kind) => {
  it('R04 always with PKCE S256, and the verifier that belongs to the challenge', async () => {
    const { trip, query, form } = await observed(kind)
    expect(trip.ending).toBe('code')
    expect(query?.getAll('code_challenge_method')).toEqual(['S256'])
    const verifier = form?.get('code_verifier') ?? ''
    expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/)
    expect(query?.get('code_challenge')).toBe(createHash('sha256').update(verifier).digest('base64url'))
  })

  it('R04 R05 R01 with a challenge, a nonce and a state of its own each time, none of them the app’s', async () => {
    const own = { nonce: 'the-apps-own-nonce', state: 'the-apps-own-state' }
    const [one, two] = [await observed(kind, own), await observed(kind, own)]
    for (const name of ['code_challenge', 'state', ...(kind === 'plain' ? [] : ['nonce'])]) {
      const [first, second] = [one.query?.get(name) ?? '', two.query?.get(name) ?? '']
      expect(first, name).not.toBe(second)
      // 128 bits in base64url
      expect(first.length, name).toBeGreaterThanOrEqual(22)
      expect(Object.values(one.trip.params), name).not.toContain(first)
    }
    expect(one.form?.get('code_verifier')).not.toBe(two.form?.get('code_verifier'))
    expect(one.trip.verifier).not.toBe(one.form?.get('code_verifier'))
  })

  it('R34 A21 each parameter once, and the code with the redirect URI of the request', async () => {
    const { query, form } = await observed(kind)
    for (const params of [query, form]) {
      const names = [...(params?.keys() ?? [])]
      expect(new Set(names).size).toBe(names.length)
    }
    expect(form?.get('redirect_uri')).toBe(`${room.issuer}/callback/${kind}`)
    expect(query?.get('redirect_uri')).toBe(`${room.issuer}/callback/${kind}`)
    expect(form?.get('grant_type')).toBe('authorization_code')
  })

  it('R34 16 none of what a request may try to put in', async () => {
    const injected = {
      'extra[state]': 'x',
      'extra[nonce]': 'x',
      additionalData: '{"userId":"1"}',
      acr_values: 'low',
      claims: '{"id_token":{"sub":{"value":"admin"}}}',
      registration: '{}',
      id_token_hint: 'eyJhbGciOiJub25lIn0.e30.',
      access_type: 'online',
      audience: 'ours',
      display: 'popup',
      __proto__x: 'x',
    }
    const plainly = await observed(kind)
    const { query, trip } = await observed(kind, injected)
    expect(trip.ending).toBe('code')
    expect([...(query?.keys() ?? [])].sort()).toEqual([...(plainly.query?.keys() ?? [])].sort())
    expect([...(query?.values() ?? [])]).not.toEqual(expect.arrayContaining(['x']))
    for (const name of ['redirect_uri', 'client_id', 'response_type', 'scope', 'access_type']) {
      expect(query?.get(name), name).toBe(plainly.query?.get(name) ?? null)
    }
  })

  it('R16 (oidcc-client-test-userinfo-bearer-header) by an access token in the header alone: no URL, no body, no Referer holds it', async () => {
    const { all } = await observed(kind)
    const tokens = all.flatMap(({ point, headers }) =>
      point === 'userinfo' ? [headers.authorization?.replace(/^Bearer /, '') ?? ''] : [],
    )
    expect(tokens).toHaveLength(1)
    for (const { url, body, headers } of all) {
      expect(new URL(url).searchParams.has('access_token')).toBe(false)
      for (const token of tokens) {
        expect(url).not.toContain(token)
        expect(body).not.toContain(token)
      }
      expect(headers.referer ?? '').not.toContain('code=')
    }
  })
})

describe('scopes', () => {
  it.each([
    ['oidc', ['openid', 'profile', 'email']],
    ['narrow', ['openid', 'email']],
    ['plain', ['read:user', 'user:email']],
  ])('R34 of %s are the configured ones, whatever the app asks of us', async (kind, scopes) => {
    for (const scope of ['', 'openid', 'openid profile email offline_access']) {
      const { query } = await observed(kind, { scope })
      expect(query?.get('scope')?.split(' ')).toEqual(scopes)
    }
  })
})

describe('configuration', () => {
  it('R34 adds what is configured, and what the app may say comes first', async () => {
    const { query } = await observed('oidc')
    expect([query?.get('access_type'), query?.get('prompt')]).toEqual(['offline', 'consent'])
    expect((await observed('oidc', { prompt: 'login' })).query?.getAll('prompt')).toEqual(['login'])
  })

  it.each([
    'state',
    'nonce',
    'redirect_uri',
    'client_id',
    'response_type',
    'scope',
    'code_challenge',
    'code_challenge_method',
    'request',
    'request_uri',
  ])('R34 cannot override %s: nothing starts', async (name) => {
    const started = openRoom({
      configure: ({ hostile }) => ({
        providers: { oidc: { ...hostile.oidc, authorize_params: { [name]: 'x' } } },
      }),
    })
    await expect(started).rejects.toMatchObject({ code: 'invalid_config' })
  })

  it('R04 leaves PKCE out only where it says so, and says so in the log', async () => {
    const { trip, query, form } = await observed('old')
    expect(trip.ending).toBe('code')
    expect([query?.has('code_challenge'), form?.has('code_verifier')]).toEqual([false, false])
    expect(room.logs.filter((line) => /"warn".*pkce/i.test(line))).toHaveLength(1)
  })
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
