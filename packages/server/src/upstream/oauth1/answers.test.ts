import { faultTable } from '@latchkey/testing'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { outcomeOf } from '../upstream.fixture.ts'
import { type Kind, readCredentials } from './answer.ts'
import { openSide, reachCallback, type Side, travel } from './oauth1.fixture.ts'

const read = (text: string, kind: Kind = 'access_token', status = 200) =>
  readCredentials({ status, type: 'text/html', text }, kind, ['s3cret'])
const good = 'oauth_token=t&oauth_token_secret=s'

describe('R27 an answer with credentials', () => {
  it('is a form', () => {
    const { credentials, fields } = read(`${good}&fullname=Jamal%20F+x&nsid=21207597%40N07\n`)
    expect(credentials).toEqual({ token: 't', secret: 's' })
    expect(fields.get('fullname')).toBe('Jamal F x')
    expect(fields.get('nsid')).toBe('21207597@N07')
  })

  test.each([
    ['', 'not_form'],
    ['ok', 'not_form'],
    [`<html>${good}</html>`, 'not_form'],
    [`{"oauth_token":"t","oauth_token_secret":"s"}`, 'not_form'],
    [`${good}\n${good}`, 'not_form'],
    [`${good}&x=${'y'.repeat(70_000)}`, 'not_form'],
    [`${good}&oauth_token=t`, 'malformed'],
    [`${good}&x=1&x=1`, 'malformed'],
    ['oauth_token=t', 'malformed'],
    ['oauth_token=&oauth_token_secret=s', 'malformed'],
    ['oauth_token=t&oauth_token_secret=', 'malformed'],
    ['oauth_token=t%00&oauth_token_secret=s', 'malformed'],
    ['oauth_token=t%20t&oauth_token_secret=s', 'malformed'],
    ['oauth_token=%C3%BC&oauth_token_secret=s', 'malformed'],
    [`oauth_token=t&oauth_token_secret=${'s'.repeat(4097)}`, 'malformed'],
  ])('%.60j: %s', async (text, reason) => {
    expect(await outcomeOf(() => read(text))).toBe(`provider_error access_token_${reason}`)
  })

  it('R26 bounds what a cookie has to carry more tightly', async () => {
    const long = `oauth_token=t&oauth_token_secret=${'s'.repeat(513)}`
    expect(await outcomeOf(() => read(long))).toBe('none')
    expect(await outcomeOf(() => read(long, 'request_token'))).toBe('provider_error request_token_malformed')
  })

  test.each([
    [500, '', 'temporarily_unavailable provider_5xx'],
    [429, good, 'temporarily_unavailable rate_limited'],
    [401, 'nope', 'provider_error access_token_status'],
    [201, good, 'provider_error access_token_status'],
    [302, good, 'provider_error access_token_status'],
    [401, 'oauth_problem=nonce_used', 'provider_error access_token_refused'],
    [200, `${good}&oauth_problem=x`, 'provider_error access_token_refused'],
    [401, 'oauth_problem=permission_denied', 'access_denied access_token_refused'],
    [200, 'oauth_problem=user_refused', 'access_denied access_token_refused'],
  ])('%i %j: %s', async (status, text, outcome) => {
    expect(await outcomeOf(() => read(text, 'access_token', status))).toBe(outcome)
  })

  it('V12 is not repeated in a log where it holds a secret', () => {
    expect(() => read('oauth_problem=s3cret%0Aforged&oauth_token=t')).toThrow(
      expect.objectContaining({ detail: '[redacted] forged' }),
    )
  })
})

/** What becomes of each fault that a provider can play; the whole journey is in conformance/oauth1. */
describe('A hostile provider', () => {
  let side: Side
  beforeAll(async () => {
    side = await openSide()
  })

  test.each(Object.entries(faultTable.oauth1_callback))('R21 R22 callback, %s', async (name, row) => {
    side.provider.faults.next('oauth1_callback', row.fault)
    const { params, proof } = await reachCallback(side)
    const outcome = await outcomeOf(async () =>
      side.upstream.exchange(await side.upstream.readCallback(params, proof), proof),
    )
    expect([name, outcome]).toEqual([name, expect.stringMatching(row.expect === 'accept' ? /^none$/ : /_/)])
    expect(side.provider.faults.waiting()).toBe(0)
  })

  it('R01 is not believed about another journey', async () => {
    const mine = await reachCallback(side)
    const other = await reachCallback(side)
    const judge = (params: URLSearchParams, proof: typeof mine.proof) =>
      outcomeOf(() => side.upstream.readCallback(params, proof))
    expect(await judge(other.params, mine.proof)).toBe('provider_error callback_token')
    expect(await judge(mine.params, { ...mine.proof, state: 'another' })).toBe(
      'provider_error callback_state',
    )
    const { temporary: _, ...bare } = mine.proof
    expect(await judge(mine.params, bare)).toBe('provider_error callback_token')
    // The token fits, and its secret is another journey's.
    const swapped = {
      ...mine.proof,
      temporary: { token: mine.proof.temporary?.token ?? '', secret: other.proof.temporary?.secret ?? '' },
    }
    expect(
      await outcomeOf(async () =>
        side.upstream.exchange(await side.upstream.readCallback(mine.params, swapped), swapped),
      ),
    ).toBe('provider_error access_token_refused')
  })

  it('takes each request token once', async () => {
    const { params, proof } = await reachCallback(side)
    const exchange = async () =>
      side.upstream.exchange(await side.upstream.readCallback(params, proof), proof)
    expect(await outcomeOf(exchange)).toBe('none')
    expect(await outcomeOf(exchange)).toBe('provider_error access_token_refused')
  })

  it('makes nothing of tokens that tell nobody', async () => {
    side.provider.faults.next('userinfo', 'http-401')
    expect(await outcomeOf(() => travel(side))).toBe('provider_error userinfo_status')
    side.provider.faults.next('access_token', 'other-secret')
    expect(await outcomeOf(() => travel(side))).toBe('provider_error userinfo_status')
  })
})
