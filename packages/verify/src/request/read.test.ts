import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VerifyError } from '../error.ts'
import { Refused } from '../token/check.ts'
import { accessToken, createScene, encode, get } from '../verify.fixture.ts'
import { type IncomingRequest, readCredentials, readHeader, requestTarget } from './read.ts'

function read(request: IncomingRequest): unknown {
  try {
    const { scheme, token } = readCredentials(request)
    return `${scheme} ${token}`
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.reason
  }
}

describe('S08 the Authorization header, and nothing else', () => {
  test.each<[string, string, string]>([
    ['Bearer', 'Bearer a.b.c', 'Bearer a.b.c'],
    ['DPoP', 'DPoP a.b.c', 'DPoP a.b.c'],
    ['schemes in any case', 'bEaReR a.b.c', 'Bearer a.b.c'],
    ['dpop in lower case', 'dpop a.b.c', 'DPoP a.b.c'],
    ['several blanks', 'Bearer   a.b.c ', 'Bearer a.b.c'],
    ['another scheme', 'Basic dXNlcjpwYXNz', 'missing'],
    ['a scheme named like a member of Object', 'constructor a.b.c', 'missing'],
    ['another', '__proto__ a.b.c', 'missing'],
    ['nothing', '', 'missing'],
    ['a token without a scheme', 'a.b.c', 'missing'],
    ['a tab for a blank', 'Bearer\ta.b.c', 'missing'],
    ['a scheme alone', 'Bearer', 'Bearer '],
    ['a scheme and a blank', 'Bearer ', 'Bearer '],
    ['two words', 'Bearer a b', 'Bearer a b'],
    ['two credentials joined', 'Bearer a.b.c, DPoP a.b.c', 'several'],
    ['twice the same joined', 'DPoP a.b.c,DPoP a.b.c', 'several'],
    ['joined with another scheme', 'Bearer a.b.c, Basic dXNlcjpwYXNz', 'several'],
    ['joined with another scheme before it', 'Basic dXNlcjpwYXNz, Bearer a.b.c', 'several'],
    ['joined with nothing', 'Bearer a.b.c,', 'several'],
    ['joined with nothing before it', ', Bearer a.b.c', 'several'],
    ['joined with garbage', 'DPoP a.b.c, x', 'several'],
    ['a list of another scheme’s own', 'Digest username="x", realm="y"', 'missing'],
    ['a no-break space behind', 'Bearer a.b.c\u00a0', 'Bearer a.b.c\u00a0'],
    ['a no-break space before', 'Bearer \u00a0a.b.c', 'Bearer \u00a0a.b.c'],
  ])('%s', (_, value, expected) => {
    expect(read(get({ authorization: value }))).toBe(expected)
    expect(read({ method: 'GET', url: '/', headers: new Headers({ authorization: value }) })).toBe(expected)
    expect(read({ ...get({}), rawHeaders: ['Host', 'x', 'AUTHORIZATION', value] })).toBe(expected)
  })

  test.each<[string, IncomingRequest]>([
    ['no header', get({})],
    ['CVE-2023-1387 the query', get({}, '/reports?access_token=a.b.c')],
    ['a cookie', get({ cookie: 'access_token=a.b.c' })],
    ['X-Forwarded-Access-Token', get({ 'x-forwarded-access-token': 'a.b.c' })],
    ['Proxy-Authorization', get({ 'proxy-authorization': 'Bearer a.b.c' })],
    [
      'a header hidden by Node is not there',
      { ...get({ authorization: 'Bearer a.b.c' }), rawHeaders: ['Host', 'x'] },
    ],
  ])('%s holds no token', (_, request) => {
    expect(read(request)).toBe('missing')
  })

  test.each<[string, IncomingRequest]>([
    ['header and query', get({ authorization: 'Bearer a.b.c' }, '/reports?page=1&access_token=x')],
    ['header and query, absolute', get({ authorization: 'Bearer a.b.c' }, 'https://x.test/?access_token=x')],
    ['two headers', get({ authorization: ['Bearer a.b.c', 'Bearer a.b.c'] })],
    ['two headers in two spellings', get({ authorization: 'Bearer a.b.c', Authorization: 'Bearer d.e.f' })],
    [
      'two headers of which Node shows one',
      {
        ...get({ authorization: 'Bearer a' }),
        rawHeaders: ['authorization', 'Bearer a', 'Authorization', 'Bearer b'],
      },
    ],
  ])('two methods or tokens: %s', (_, request) => {
    expect(read(request)).toBe('several')
  })

  test('an access_token elsewhere in the address is the service’s own matter', () => {
    const request = get(
      { authorization: 'Bearer a.b.c' },
      '/access_token=x?not_access_token=1&q=access_token=',
    )
    expect(read(request)).toBe('Bearer a.b.c')
  })
})

describe('readHeader', () => {
  test('finds every value, whatever the spelling', () => {
    expect(readHeader(get({ dpop: 'a', DPoP: ['b', 'c'], dpopx: 'd' }), 'dpop')).toEqual(['a', 'b', 'c'])
    expect(readHeader({ headers: {}, rawHeaders: ['DPoP', 'a', 'X', 'dpop', 'dpop', 'b'] }, 'dpop')).toEqual([
      'a',
      'b',
    ])
    expect(readHeader({ headers: { get: () => null } }, 'dpop')).toEqual([])
  })

  test('a header named get is a header', () => {
    expect(readHeader(get({ get: 'x', dpop: 'a' }), 'dpop')).toEqual(['a'])
  })
})

test.each<[Partial<IncomingRequest>, string]>([
  [{ url: '/a?b' }, '/a?b'],
  [{ url: '//evil.test/a' }, '//evil.test/a'],
  [{ url: 'https://evil.test/a?b' }, '/a?b'],
  [{ url: 'https://evil.test' }, '/'],
  [{ url: 'https://evil.test?b' }, '/?b'],
  [{ url: '*' }, '/*'],
  [{ url: '' }, '/'],
  [{}, '/'],
  [{ url: '/cut', originalUrl: '/mounted/cut' }, '/mounted/cut'],
])('S11 the target of %o is %s, whatever the host', (request, expected) => {
  expect(requestTarget({ headers: {}, ...request })).toBe(expected)
})

describe('S14 a malformed Authorization is refused and throws nothing else (GHSA-xmf8-cvqr-rfgj)', () => {
  const { key, verifier } = createScene()
  const good = accessToken(key)
  const [header, payload, signature] = good.split('.')
  const corpus = [
    'Bearer %',
    'Bearer %E0%A4%A',
    'Bearer %00',
    `Bearer ${'A'.repeat(100_000)}`,
    `Bearer ${'.'.repeat(8_000)}`,
    `${'B'.repeat(100_000)} x`,
    'Bearer ..',
    'Bearer .',
    'Bearer a..b',
    'Bearer null',
    'Bearer undefined',
    'Bearer [object Object]',
    'Bearer {}',
    'Bearer \ufffd\ufffd',
    'Bearer ünïcödé',
    'Bearer \u{1F511}',
    'Bearer \0',
    `Bearer ${good}\0`,
    `Bearer ${good}\u00a0`,
    `Bearer \u00a0${good}`,
    `Bearer ${good}\ufeff`,
    `Bearer ${good}\r\nX-Evil: 1`,
    `Bearer "${good}"`,
    `Bearer ${good}.${signature}`,
    `Bearer ${header}.${payload}`,
    `Bearer ${header}.${payload}.`,
    `Bearer .${payload}.${signature}`,
    `Bearer ${header}..${signature}`,
    `Bearer ${header}.${signature}.${payload}`,
    `Bearer ${good.replaceAll('-', '+').replaceAll('_', '/')}==`,
    `Bearer token=${good}`,
    `Bearer,${good}`,
    `Bearer:${good}`,
    `DPoP ${good}`,
    `DPoP\u00a0${good}`,
    'Digest username="x"',
    'Negotiate YII=',
    ' ',
    ',',
  ]

  test.each(corpus.map((value) => [JSON.stringify(value).slice(0, 60), value]))('%s', async (_, value) => {
    const error = await verifier.verify(get({ authorization: value })).catch((e) => e)
    expect(error).toBeInstanceOf(VerifyError)
    expect(error.status).toBe(401)
    expect(error.wwwAuthenticate).toMatch(/^(DPoP|Bearer)\b/)
  })

  test('fuzz: any text, any scheme, any proof', async () => {
    const members = fc
      .dictionary(
        fc.constantFrom('typ', 'alg', 'kid', 'crit', '__proto__'),
        fc.constantFrom<unknown>('at+jwt', 'ES256', key.kid, 0, null, []),
      )
      .map((value) => JSON.stringify(value))
    const text = fc.oneof(
      fc.string({ unit: 'binary-ascii', maxLength: 60 }),
      fc.string({ maxLength: 60 }).map((s) => `Bearer ${s}`),
      fc.string({ maxLength: 60 }).map((s) => `DPoP ${s}`),
      fc
        .tuple(fc.nat(good.length), fc.string({ maxLength: 3 }))
        .map(([at, s]) => `Bearer ${good.slice(0, at)}${s}`),
      fc.tuple(members, members).map(([h, p]) => `Bearer ${encode(h)}.${encode(p)}.${signature}`),
    )
    await fc.assert(
      fc.asyncProperty(text, fc.string(), async (authorization, dpop) => {
        fc.pre(authorization !== `Bearer ${good}`)
        const error = await verifier.verify(get({ authorization, dpop })).catch((e) => e)
        expect(error).toBeInstanceOf(VerifyError)
        expect([400, 401]).toContain(error.status)
      }),
      { numRuns: 200 },
    )
  })
})
