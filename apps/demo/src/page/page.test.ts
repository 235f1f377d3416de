import { describe, expect, it } from 'vitest'
import { outcomeOf, reasonIn } from './call.ts'
import { claimsOf, describeClaims } from './claims.ts'
import { problemText } from './problems.ts'
import { usedOf } from './used.ts'

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`

describe('claims', () => {
  it('decodes the payload, letters beyond ASCII too', () => {
    expect(claimsOf(jwt({ name: 'Žofie – ☕', aud: ['a', 'b'] }))).toEqual({
      name: 'Žofie – ☕',
      aud: ['a', 'b'],
    })
  })

  it('orders what is known and keeps what is not', () => {
    const told = describeClaims({ plan: 'pro', aud: ['a', 'b'], cnf: { jkt: 'k' }, iss: 'i' })
    expect(told.map(({ name, value }) => [name, value])).toEqual([
      ['iss', 'i'],
      ['aud', 'a\nb'],
      ['cnf', 'jkt k'],
      ['plan', 'pro'],
    ])
  })
})

describe('outcomeOf', () => {
  it('tells an answer', async () => {
    const outcome = await outcomeOf(async () => Response.json({ notes: [] }))
    expect(outcome).toMatchObject({ verdict: 'answered', status: 200, body: '{\n  "notes": []\n}' })
  })

  it('tells a refusal by its challenge', async () => {
    const challenge = 'DPoP error="invalid_token", error_description="For another audience", algs="ES256"'
    const outcome = await outcomeOf(
      async () => new Response('', { status: 401, headers: { 'WWW-Authenticate': challenge } }),
    )
    expect(outcome).toEqual({ verdict: 'refused', status: 401, says: 'For another audience.', challenge })
  })

  it('tells that nobody answered', async () => {
    const outcome = await outcomeOf(() => Promise.reject(new TypeError('fetch failed')))
    expect(outcome.verdict).toBe('unreachable')
  })

  it('falls back to the body, and to saying that there is no reason', () => {
    expect(reasonIn('', '{"error_description":"Later"}')).toBe('Later.')
    expect(reasonIn('', '<html>')).toBe('It gave no reason.')
  })
})

describe('usedOf', () => {
  it.each([
    [200, { answered: 200 }, 'ok'],
    [409, { error: 'needs_reconnect', reason: 'revoked' }, 'danger'],
    [503, { error: 'temporarily_unavailable', retry_after: 2 }, 'warning'],
    [409, { answered: 401 }, 'danger'],
  ])('%s %o is told as %s', async (status, body, state) => {
    const used = await usedOf(async () => Response.json(body, { status }))
    expect(used).toMatchObject({ state, body: JSON.stringify(body, null, 2) })
    expect(used.says).toMatch(/^[A-Z][^!]+[.:]$/)
  })

  it('tells that nobody answered', async () => {
    expect(await usedOf(() => Promise.reject(new TypeError('fetch failed')))).toMatchObject({
      word: 'No answer',
    })
  })
})

describe('problemText', () => {
  it.each([
    'access_denied',
    'temporarily_unavailable',
    'provider_error',
    'state_missing',
    'network_error',
    'anything',
  ])('%s says what happened, why, and what next', (code) => {
    const { title, why, next } = problemText(code)
    for (const text of [title, why, next]) expect(text).toMatch(/^[A-Z][^!]+$/)
  })
})
