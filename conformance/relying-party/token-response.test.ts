import { type AnswerFault, json, onAnswer, onMembers, type Quirk } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, visits } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip } from './room.ts'

describe('the token response', () => {
  let room: Room
  beforeAll(async () => {
    room = await openRoom()
  })
  beforeEach(() => room.fresh())
  afterAll(() => room?.close())

  const set = (changes: Record<string, unknown>): AnswerFault => onMembers(() => changes)
  const typed = (contentType: string | null): AnswerFault =>
    onAnswer(({ members, status }) => {
      const response = new Response(JSON.stringify(members), { status })
      if (contentType === null) response.headers.delete('content-type')
      else response.headers.set('content-type', contentType)
      return response
    })
  const text =
    (body: string): AnswerFault =>
    () =>
      new Response(body, { headers: { 'content-type': 'application/json' } })

  const rows: [string, AnswerFault, string][] = [
    ['R27 token_type BEARER', set({ token_type: 'BEARER' }), 'code'],
    ['R27 token_type with a space', set({ token_type: 'Bearer ' }), 'token_type'],
    ['R27 token_type DPoP, which was not asked for', set({ token_type: 'DPoP' }), 'token_type'],
    ['R27 token_type in an array', set({ token_type: ['Bearer'] }), 'token_malformed'],
    ['R27 token_type null', set({ token_type: null }), 'token_malformed'],
    ['R27 expires_in 0', set({ expires_in: 0 }), 'code'],
    ['R27 expires_in with a fraction', set({ expires_in: 1.5 }), 'code'],
    ['R27 expires_in null', set({ expires_in: null }), 'token_malformed'],
    ['R27 expires_in 1e300', set({ expires_in: 1e300 }), 'token_malformed'],
    ['R27 expires_in true', set({ expires_in: true }), 'token_malformed'],
    ['R27 access_token null', set({ access_token: null }), 'token_malformed'],
    ['R27 access_token an object', set({ access_token: { value: 'x' } }), 'token_malformed'],
    ['R27 access_token with a line break', set({ access_token: 'x\r\nX-Evil: 1' }), 'token_malformed'],
    ['R27 access_token beyond ASCII', set({ access_token: 'tökén' }), 'token_malformed'],
    ['R27 access_token of 100 KB', set({ access_token: 'x'.repeat(100_000) }), 'token_malformed'],
    ['R27 refresh_token a number', set({ refresh_token: 1 }), 'token_malformed'],
    ['R27 scope an array', set({ scope: ['openid'] }), 'token_malformed'],
    ['R27 scope an object', set({ scope: { openid: true } }), 'token_malformed'],
    ['R27 no scope', set({ scope: undefined }), 'code'],
    ['R27 another scope than was asked for', set({ scope: 'admin' }), 'code'],
    ['R27 unknown members', set({ example: 'x', __proto__x: { a: 1 } }), 'code'],
    ['R27 JSON with a charset', typed('application/json; charset=utf-8'), 'code'],
    ['R27 JSON in capitals', typed('APPLICATION/JSON'), 'code'],
    ['R27 JSON without a type', typed(null), 'token_not_json'],
    ['R27 JSON as text/html', typed('text/html'), 'token_not_json'],
    ['R27 JSON as text/json', typed('text/json'), 'token_not_json'],
    ['R27 null', text('null'), 'token_not_json'],
    ['R27 a string', text('"access_token"'), 'token_not_json'],
    ['R27 a number', text('1'), 'token_not_json'],
    ['R27 an empty object', text('{}'), 'token_malformed'],
    ['R27 two objects', text('{}{}'), 'token_not_json'],
    ['R27 201', onAnswer((answer) => ({ ...answer, status: 201 })), 'token_status'],
    ['R27 204', () => new Response(null, { status: 204 }), 'token_status'],
    ['R27 400 with good tokens', onAnswer((answer) => ({ ...answer, status: 400 })), 'token_status'],
    ['R27 418', () => json({}, 418), 'token_status'],
    ['R28 61 200 with error null', set({ error: null }), 'token_error'],
    ['R28 61 200 with error ""', set({ error: '' }), 'token_error'],
    ['R28 61 200 with an error object beside the tokens', set({ error: { message: 'x' } }), 'token_error'],
    ['R28 61 200 with error false', set({ error: false }), 'token_error'],
    ['R28 200 with access_denied', () => json({ error: 'access_denied' }), 'token_error'],
    ['R28 200 with temporarily_unavailable', () => json({ error: 'temporarily_unavailable' }), 'token_error'],
  ]

  const played = rows.flatMap(([title, fault, outcome]) =>
    ['oidc', 'plain'].map((kind): [string, AnswerFault, string, string] => [
      `${title} (${kind}): ${outcome}`,
      fault,
      outcome,
      kind,
    ]),
  )
  it.each(played)('%s', async (_, fault, outcome, kind) => {
    room.hostile.faults.always('token', fault)
    const before = await countRows(room)
    const { ending, requestId } = await takeTrip(room, kind)
    if (outcome === 'code') {
      expect(ending).toBe('code')
      return
    }
    expect(ending).toMatch(/^(provider_error|temporarily_unavailable)$/)
    expect(reasonLogged(room, requestId)).toBe(outcome)
    expect(visits(room.hostile).userinfo).toBeUndefined()
    expect(room.hostile.requests.to('token')).toHaveLength(1)
    expect(await countRows(room)).toEqual(before)
  })

  it('R28 tells an outage in an error apart from the rest, with whatever status', async () => {
    for (const [status, error, ending] of [
      [200, 'server_error', 'temporarily_unavailable'],
      [400, 'temporarily_unavailable', 'temporarily_unavailable'],
      [400, 'invalid_grant', 'provider_error'],
      [401, 'invalid_client', 'provider_error'],
      [429, 'slow_down', 'temporarily_unavailable'],
      [503, 'invalid_grant', 'temporarily_unavailable'],
    ] as const) {
      room.hostile.faults.always('token', () => json({ error }, status))
      expect((await takeTrip(room, 'plain')).ending, `${status} ${error}`).toBe(ending)
    }
  })

  it('R07 an ID token that comes from a plain OAuth 2.0 provider is not looked at', async () => {
    room.hostile.faults.always('token', set({ id_token: 'not.a.token' }))
    expect((await takeTrip(room, 'plain')).ending).toBe('code')
  })

  it('X06 leaves no secret in the log', () => expectNoSecretLogged(room))
})

describe('quirks of plain OAuth 2.0 providers', () => {
  it.each<Quirk>([
    'form-encoded-response',
    'error-with-http-200',
    'nonstandard-token-fields',
    'scope-as-array',
    'expires-in-zero',
    'no-expires-in',
    'scope-not-echoed',
  ])('R27 R28 %s: signs people in, and a code of nobody’s is an error', async (quirk) => {
    const room = await openRoom({ hostile: { algorithm: 'ES256', oauth2: { quirks: [quirk] } } })
    try {
      expect((await takeTrip(room, 'plain')).ending).toBe('code')
      room.hostile.faults.always('authorize', 'unknown-code')
      const before = await countRows(room)
      const { ending, requestId } = await takeTrip(room, 'plain')
      expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'invalid_grant'])
      expect(visits(room.hostile).userinfo).toBe(1)
      expect(await countRows(room)).toEqual(before)
    } finally {
      await room.close()
    }
  })

  it.each<Quirk>(['form-encoded-response', 'nonstandard-token-fields', 'scope-as-array'])(
    'R27 %s is taken from nobody whose configuration does not say so',
    async (quirk) => {
      const room = await openRoom({
        hostile: { algorithm: 'ES256', oauth2: { quirks: [quirk] } },
        configure: ({ hostile }) => ({ providers: { plain: { ...hostile.oauth2, quirks: [] } } }),
      })
      try {
        expect((await takeTrip(room, 'plain')).ending).toBe('provider_error')
      } finally {
        await room.close()
      }
    },
  )
})
