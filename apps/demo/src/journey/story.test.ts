import { describe, expect, it } from 'vitest'
import { requestIdIn, story } from './story.ts'
import { type Hop, shapes } from './trace.ts'

const ends = { page: 'http://app.test', provider: 'http://idp.test' }
const issuer = 'http://auth.test'

const hop = (kind: Hop['kind'], over: Partial<Hop> = {}): Hop => ({
  kind,
  at: 0,
  method: 'GET',
  to: `${issuer}/${kind}`,
  status: 200,
  query: [],
  form: [],
  cookie: false,
  dpop: false,
  ...over,
})
const to = (url: string): NonNullable<Hop['onward']> => {
  const { origin, pathname, searchParams, hash } = new URL(url)
  return {
    to: `${origin}${pathname}`,
    query: shapes(searchParams),
    fragment: shapes(new URLSearchParams(hash.slice(1))),
  }
}
const query = (text: string) => shapes(new URLSearchParams(text))

const start = hop('start', { at: 100, origin: ends.page, onward: to('http://idp.test/authorize?state=abc') })
const callback = hop('callback', {
  at: 900,
  cookie: true,
  query: query('code=c0de-value&state=abc&iss=http://idp.test'),
  onward: to('http://app.test/callback#code=c0de-value&state=s&iss=http://auth.test'),
})
const exchange = hop('exchange', { form: query('code=c0de-value&code_verifier=v'), authentication: 'Basic' })
const redeem = hop('redeem', { at: 1000, dpop: true })

const tell = (...hops: Hop[]) => story({ provider: 'idp', hops }, ends)
const states = (...hops: Hop[]) => tell(...hops).map(({ state }) => state)
const proofs = (stop: number, ...hops: Hop[]) => tell(...hops)[stop]?.proved.map(({ by }) => by)

describe('story', () => {
  it('tells five stops of a journey that went well', () => {
    const told = tell(start, callback, exchange, redeem)
    expect(told.map(({ state }) => state)).toEqual(['here', 'here', 'here', 'here', 'here'])
    expect(told.map(({ after }) => after)).toEqual([undefined, undefined, undefined, 800, 900])
    expect(told[4]?.bar).toMatchObject({ address: 'http://app.test/callback', mark: '#' })
    expect(told[4]?.cleaned).toBe('http://app.test/')
    expect(JSON.stringify(told)).not.toContain('c0de-value')
  })

  it('names what was proved, and no more than was seen', () => {
    expect(proofs(1, start)).toEqual(['Origin', 'redirect_uri', 'PKCE'])
    expect(proofs(3, start, callback, exchange, redeem)).toEqual([
      'Cookie',
      'state',
      'iss',
      'Client secret',
      'PKCE',
      'ID token',
    ])
    const oldStyle = { ...callback, query: query('code=c0de-value&state=abc') }
    const noPkce = { ...exchange, form: query('code=c0de-value') }
    expect(proofs(3, start, oldStyle, noPkce, redeem)).toEqual([
      'Cookie',
      'state',
      'Client secret',
      'userinfo',
    ])
    expect(proofs(4, start, callback, exchange, redeem)).toEqual(['state', 'iss', 'Code', 'PKCE', 'DPoP'])
    expect(proofs(4, start, callback, exchange)).toEqual(['state', 'iss'])
  })

  it('V02: tells a connect: who pushed it, the quarantine, and that the same user finished', () => {
    const push = hop('push', { form: query('intent=connect&provider=idp&state=abc') })
    const finish = hop('finish', { at: 1000, dpop: true, status: 201 })
    const told = tell(push, start, callback, exchange, finish)
    expect(told.map(({ state }) => state)).toEqual(['here', 'here', 'here', 'here', 'here'])
    expect(told[0]?.beside?.facts.map(({ name }) => name)).toEqual(['intent', 'provider', 'state'])
    expect(told[1]?.proved.map(({ by }) => by)).toEqual([
      'Token',
      'DPoP',
      'request_uri',
      'Origin',
      'redirect_uri',
      'PKCE',
    ])
    expect(told[3]?.tells).toContain('quarantine')
    expect(told[4]?.proved.map(({ by }) => by)).toEqual(['state', 'iss', 'Same user', 'Code', 'PKCE'])
    expect(told[4]?.after).toBe(900)
    const mismatch = tell(push, start, callback, exchange, { ...finish, error: 'account_mismatch' }).at(-1)
    expect(mismatch).toMatchObject({ state: 'stopped', tells: expect.stringContaining('account_mismatch') })
  })

  it('stops at the provider that refused', () => {
    const refused = {
      ...callback,
      error: 'access_denied',
      query: query('error=access_denied&state=abc&iss=http://idp.test'),
      onward: to('http://app.test/callback#error=access_denied&request_id=req_1'),
    }
    expect(states(start, refused)).toEqual(['here', 'here', 'stopped', 'here', 'here'])
    expect(proofs(3, start, refused)).toEqual(['Cookie', 'state', 'iss'])
    expect(requestIdIn(tell(start, refused))).toBe('req_1')
  })

  it('stops at Latchkey when the provider could not be asked', () => {
    const down = {
      ...start,
      error: 'temporarily_unavailable',
      onward: to('http://app.test/callback#error=temporarily_unavailable'),
    }
    expect(states(down)).toEqual(['here', 'stopped', 'ahead', 'ahead', 'here'])
  })

  it('stops at the callback when a check failed there', () => {
    const failed = {
      ...callback,
      error: 'provider_error',
      onward: to('http://app.test/callback#error=provider_error'),
    }
    expect(states(start, failed)).toEqual(['here', 'here', 'here', 'stopped', 'here'])
    expect(proofs(3, start, failed)).toEqual(['Cookie', 'state', 'iss'])
  })

  it('stops at the app when the code was not redeemed', () => {
    expect(states(start, callback, exchange, { ...redeem, status: 400 }).at(-1)).toBe('stopped')
  })

  it('leaves ahead what was not reached', () => {
    expect(states(start)).toEqual(['here', 'here', 'stopped', 'ahead', 'ahead'])
    expect(states()).toEqual(['here', 'ahead', 'ahead', 'ahead', 'ahead'])
  })

  it('tells that Latchkey asked which provider', () => {
    const choose = hop('choose', { onward: to('http://idp.test/authorize?state=abc') })
    const { onward: _, ...asked } = start
    const told = tell(asked, choose, callback, exchange, redeem)
    expect(told[1]?.tells).toContain('asked which provider')
    expect(told[2]?.state).toBe('here')
  })
})

describe('shapes', () => {
  it('X06: shows the values that open nothing and measures all others', () => {
    const parameters = new URLSearchParams({ client_id: 'web', code: 'secret', anything: 'else' })
    expect(shapes(parameters)).toEqual([
      { name: 'client_id', length: 3, value: 'web' },
      { name: 'code', length: 6 },
      { name: 'anything', length: 4 },
    ])
  })
})
