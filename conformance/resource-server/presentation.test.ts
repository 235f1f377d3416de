// How a token comes: in one Authorization header, under the scheme that it was issued for, at the configured address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, type Call, outcome } from './call.ts'
import { audience } from './issuer.ts'
import { openRoom, type Room } from './room.ts'
import { type Framework, frameworks } from './service.ts'
import type { Json } from './signing.ts'
import { exchange } from './sockets.ts'

const missing = '401 missing_token'
const invalid = '401 invalid_token'
const twice = '400 invalid_request'
const badProof = '401 invalid_dpop_proof'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const token = (claims: Json = {}) => room.issuer.token({ claims })
const bound = () => token({ cnf: { jkt: room.device.jkt } })
const proof = (accessToken: string, htu = `${audience}/reports`, htm = 'GET') =>
  room.device.proof({ htm, htu, accessToken })

async function proved(path: string, htu: string, more: [string, string][] = []): Promise<Call> {
  const accessToken = bound()
  const dpop = await proof(accessToken, htu)
  return { path, headers: [...more, ['Authorization', `DPoP ${accessToken}`], ['DPoP', dpop]] }
}

const form = 'application/x-www-form-urlencoded'
const posted = (body: string, type = form): Call => ({
  ...{ method: 'POST', body },
  headers: [['Content-Type', type]],
})
const header = (name: string, value: string): Call => ({ headers: [[name, value]] })

describe('S08 65 the Authorization header and nothing else', () => {
  const elsewhere: [name: string, make: (token: string) => Call][] = [
    ['65 the query', (t) => ({ path: `/reports?access_token=${t}` })],
    ['65 the query, among others', (t) => ({ path: `/reports?a=1&access_token=${t}&b=2` })],
    [
      '65 the query, by other names',
      (t) => ({ path: `/reports?token=${t}&jwt=${t}&auth_token=${t}&bearer_token=${t}` }),
    ],
    ['65 the query, its name percent-encoded', (t) => ({ path: `/reports?%61ccess_token=${t}` })],
    ['the path', (t) => ({ path: `/reports;access_token=${t}?x` })],
    ['a form body', (t) => posted(`access_token=${t}`)],
    ['a JSON body', (t) => posted(JSON.stringify({ access_token: t, token: t }), 'application/json')],
    [
      'a cookie',
      (t) => header('Cookie', `access_token=${t}; token=${t}; jwt=${t}; Authorization=Bearer ${t}`),
    ],
    ['Proxy-Authorization', (t) => header('Proxy-Authorization', `Bearer ${t}`)],
    ['X-Access-Token', (t) => header('X-Access-Token', t)],
    ['X-Authorization', (t) => header('X-Authorization', `Bearer ${t}`)],
    ['X-Forwarded-Access-Token', (t) => header('X-Forwarded-Access-Token', t)],
    ['X-Original-Authorization', (t) => header('X-Original-Authorization', `Bearer ${t}`)],
    ['a header that begins as Authorization does', (t) => header('Authorization-', `Bearer ${t}`)],
    ['a WebSocket’s protocol', (t) => header('Sec-WebSocket-Protocol', `bearer, ${t}`)],
    ['no scheme', (t) => header('Authorization', t)],
    ['another scheme', (t) => header('Authorization', `Token ${t}`)],
    ['Basic', (t) => header('Authorization', `Basic ${Buffer.from(`x:${t}`).toString('base64')}`)],
    ['a tab for the blank', (t) => header('Authorization', `Bearer\t${t}`)],
    ['a colon for the blank', (t) => header('Authorization', `Bearer:${t}`)],
    ['a scheme that only begins so', (t) => header('Authorization', `Bearerx ${t}`)],
    ['a scheme named like a member of Object', (t) => header('Authorization', `__proto__ ${t}`)],
  ]
  const several: [name: string, make: (one: string, other: string) => Call, expected: string][] = [
    ['two headers', (a, b) => bearer(a, ['Authorization', `Bearer ${b}`]), twice],
    ['the same twice', (a) => bearer(a, ['Authorization', `Bearer ${a}`]), twice],
    ['two headers in two spellings', (a, b) => bearer(a, ['AUTHORIZATION', `Bearer ${b}`]), twice],
    ['Bearer and DPoP', (a, b) => bearer(a, ['Authorization', `DPoP ${b}`]), twice],
    ['Basic first', (a) => ({ headers: [basic, ...(bearer(a).headers ?? [])] }), twice],
    ['Basic second', (a) => bearer(a, basic), twice],
    ['an empty one second', (a) => bearer(a, ['Authorization', '']), twice],
    [
      'an empty one first',
      (a) => ({ headers: [['Authorization', ''], ...(bearer(a).headers ?? [])] }),
      twice,
    ],
    ['garbage second', (a) => bearer(a, ['Authorization', 'x']), twice],
    ['two in one header', (a, b) => header('Authorization', `Bearer ${a}, Bearer ${b}`), twice],
    ['two in one header, without a blank', (a, b) => header('Authorization', `Bearer ${a},DPoP ${b}`), twice],
    ['header and query', (a, b) => ({ ...bearer(a), path: `/reports?access_token=${b}` }), twice],
    ['header and query, the same', (a) => ({ ...bearer(a), path: `/reports?x=1&access_token=${a}` }), twice],
    ['header and an empty query', (a) => ({ ...bearer(a), path: '/reports?access_token=' }), twice],
  ]
  const basic: [string, string] = ['Authorization', 'Basic dXNlcjpwYXNzd29yZA==']
  const taken: [name: string, make: (token: string) => Call][] = [
    ['schemes are taken in any letters', (t) => header('Authorization', `bEARER ${t}`)],
    ['header names are taken in any letters', (t) => header('aUTHORIZATION', `Bearer ${t}`)],
    ['blanks around are nothing', (t) => header('Authorization', `  Bearer   ${t}  `)],
    [
      'an access_token in a path is the service’s own',
      (t) => ({ ...bearer(t), path: '/reports?q=access_token=x' }),
    ],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(elsewhere)('S08 %s is not looked at', async (_, make) => {
      const what = make(token())
      // Only some frameworks route a path with a matrix parameter.
      const allowed = what.path?.includes(';') ? [missing, '404'] : [missing]
      expect(allowed).toContain(await outcomeOrMissingRoute(framework, what))
    })

    it.each(several)('S08 two methods: %s', async (_, make, expected) => {
      expect(await outcome(room.services[framework], make(token(), token()))).toBe(expected)
    })

    it.each(taken)('S08 %s', async (_, make) => {
      expect(await outcome(room.services[framework], make(token()))).toBe('200')
    })

    it('S08 the header decides, whatever the body or a cookie say', async () => {
      const other = token({ sub: 'canary-other' })
      const one = bearer(token(), ['Content-Type', form], ['Cookie', `access_token=${other}`])
      const call = { ...one, method: 'POST', body: `access_token=${other}&sub=canary-other` }
      expect(await outcome(room.services[framework], call)).toBe('200')
      const worse = bearer('garbage', ['Content-Type', form])
      expect(
        await outcome(room.services[framework], { ...worse, method: 'POST', body: `access_token=${other}` }),
      ).toBe(invalid)
    })

    it('S08 a trailer is no header', async () => {
      const service = room.services[framework]
      const before = service.handled()
      const lines = [
        ...['POST /reports HTTP/1.1', 'Host: localhost', 'Connection: close', 'Content-Type: text/plain'],
        ...['Transfer-Encoding: chunked', 'Trailer: Authorization', '', '1', 'x', '0'],
        ...[`Authorization: Bearer ${token()}`, '', ''],
      ]
      const answer = await exchange(service.port, Buffer.from(lines.join('\r\n')))
      expect(answer).toMatch(/^HTTP\/1\.1 40[01] /)
      expect(service.handled()).toBe(before)
    })
  })
})

async function outcomeOrMissingRoute(framework: Framework, what: Call): Promise<string> {
  const { port } = room.services[framework]
  const text = what.path?.includes(';') ? await exchange(port, requestLine(what.path)) : ''
  if (text.startsWith('HTTP/1.1 404')) return '404'
  return outcome(room.services[framework], what)
}

const requestLine = (target: string): Buffer =>
  Buffer.from(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)

describe('S09 a bound token needs its proof', () => {
  const downgrades: [name: string, make: (token: string) => Call | Promise<Call>, expected: string][] = [
    ['as Bearer', (t) => bearer(t), invalid],
    ['as Bearer, with its proof', async (t) => bearer(t, ['DPoP', await proof(t)]), invalid],
    ['as bearer', (t) => header('Authorization', `bearer ${t}`), invalid],
    ['as DPoP, without a proof', (t) => header('Authorization', `DPoP ${t}`), badProof],
    ['as DPoP, with an empty proof', (t) => withProof(t, ''), badProof],
    ['as DPoP, with itself as the proof', (t) => withProof(t, t), badProof],
    [
      'as DPoP, the proof under another name',
      async (t) => ({ headers: [authorization(t), ['X-DPoP', await proof(t)]] }),
      badProof,
    ],
    [
      'as DPoP, the proof in the query',
      async (t) => ({ ...header(...authorization(t)), path: `/reports?DPoP=${await proof(t)}` }),
      badProof,
    ],
    [
      'as DPoP, the proof in a cookie',
      async (t) => ({ headers: [authorization(t), ['Cookie', `DPoP=${await proof(t)}`]] }),
      badProof,
    ],
    ['as Bearer, the scheme as an attribute', (t) => header('Authorization', `Bearer ${t} DPoP`), invalid],
  ]
  const authorization = (accessToken: string): [string, string] => ['Authorization', `DPoP ${accessToken}`]
  const withProof = (accessToken: string, dpop: string): Call => ({
    headers: [authorization(accessToken), ['DPoP', dpop]],
  })

  const bindings: [cnf: unknown, expected: string][] = [
    [{ 'x5t#S256': 'A'.repeat(43) }, invalid],
    [{ jwk: { kty: 'EC' } }, invalid],
    [{ kid: 'key-1' }, invalid],
    [{ jku: 'https://evil.example' }, invalid],
    [{ jkt: 'A'.repeat(43), 'x5t#S256': 'A'.repeat(43) }, invalid],
    [{ jkt: '' }, invalid],
    [{ jkt: 7 }, invalid],
    [{ jkt: null }, invalid],
    [{ jkt: ['A'.repeat(43)] }, invalid],
    [{ jkt: 'A'.repeat(42) }, invalid],
    [{ JKT: 'A'.repeat(43) }, invalid],
    [{}, invalid],
    [[], invalid],
    [null, invalid],
    ['', invalid],
    [false, invalid],
    [0, invalid],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(downgrades)('S09 %s', async (_, make, expected) => {
      const [fresh, seen] = [bound(), bound()]
      expect(await outcome(room.services[framework], await make(fresh))).toBe(expected)
      expect(await outcome(room.services[framework], withProof(seen, await proof(seen)))).toBe('200')
      expect(await outcome(room.services[framework], await make(seen)), 'seen before').toBe(expected)
    })

    it.each(bindings)('S09 cnf %j is not passed over', async (cnf, expected) => {
      expect(await outcome(room.services[framework], bearer(token({ cnf })))).toBe(expected)
      expect(await outcome(room.services[framework], header('Authorization', `DPoP ${token({ cnf })}`))).toBe(
        expected,
      )
    })

    it('S09 a token that is not bound does not pass for one that is', async () => {
      const one = token()
      expect(await outcome(room.services[framework], withProof(one, await proof(one)))).toBe(invalid)
    })

    it('S09 where DPoP is required nothing else passes', async () => {
      const service = room.services[framework]
      const path = '/strict'
      expect(await outcome(service, { ...bearer(token()), path })).toBe(invalid)
      const one = bound()
      expect(await outcome(service, { ...bearer(one), path })).toBe(invalid)
      const good = withProof(one, await proof(one, `${audience}/strict`))
      expect(await outcome(service, { ...good, path })).toBe('200')
    })
  })
})

describe('S11 57 the address is the configured one', () => {
  const spoofs: [name: string, headers: [string, string][]][] = [
    ['Host', [['Host', 'evil.example']]],
    ['Host with a port', [['Host', 'reports.example.com:8443']]],
    ['X-Forwarded-Host', [['X-Forwarded-Host', 'evil.example']]],
    ['X-Forwarded-Proto', [['X-Forwarded-Proto', 'http']]],
    ['X-Forwarded-Port', [['X-Forwarded-Port', '8443']]],
    ['X-Forwarded-Prefix', [['X-Forwarded-Prefix', '/other']]],
    ['57 X-Forwarded-Uri', [['X-Forwarded-Uri', '/other']]],
    ['X-Original-URL', [['X-Original-URL', '/other']]],
    ['X-Rewrite-URL', [['X-Rewrite-URL', '/other']]],
    ['X-Forwarded-Server', [['X-Forwarded-Server', 'evil.example']]],
    ['Forwarded', [['Forwarded', 'for=127.0.0.1;host=evil.example;proto=http']]],
    ['X-HTTP-Method-Override', [['X-HTTP-Method-Override', 'POST']]],
    ['X-Forwarded-For', [['X-Forwarded-For', '127.0.0.1']]],
    [
      'Origin and Referer',
      [
        ['Origin', 'https://evil.example'],
        ['Referer', 'https://evil.example/other'],
      ],
    ],
  ]
  const lies = [
    'https://evil.example/reports',
    'http://reports.example.com/reports',
    'https://reports.example.com:8443/reports',
    'https://reports.example.com/other',
    'https://reports.example.com/other/reports',
    'http://localhost/reports',
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(spoofs)('S11 %s changes nothing', async (_, headers) => {
      const service = room.services[framework]
      const right = `${audience}/reports`
      expect(await outcome(service, await proved('/reports', right, headers))).toBe('200')
      for (const htu of lies) {
        expect(await outcome(service, await proved('/reports', htu, headers)), htu).toBe(badProof)
      }
      const one = bound()
      const asPost = await proof(one, right, 'POST')
      const call: Call = { headers: [...headers, ['Authorization', `DPoP ${one}`], ['DPoP', asPost]] }
      expect(await outcome(service, call)).toBe(badProof)
      expect(await outcome(service, { headers }), 'nor lets it in').toBe(missing)
    })

    it('S11 nor is the address on which the service listens that of the proof', async () => {
      const service = room.services[framework]
      for (const host of [`127.0.0.1:${service.port}`, `localhost:${service.port}`]) {
        const what = await proved('/reports', `http://${host}/reports`, [['Host', host]])
        expect(await outcome(service, what)).toBe(badProof)
      }
    })

    it('S11 an absolute request target is its path', async () => {
      const service = room.services[framework]
      const target = 'http://evil.example/reports'
      expect(await outcome(service, await proved(target, `${audience}/reports`))).toBe('200')
      expect(await outcome(service, await proved(target, target))).toBe(badProof)
    })

    it.each([
      ['evil.example/other?x='],
      ['reports.example.com/other#'],
      ['evil.example@reports.example.com'],
      ['evil.example\\other'],
      ['[::1'],
      [''],
    ])('S11 a Host that is none, %j, opens nothing', async (host) => {
      const one = bound()
      const lying = await proof(one, `${audience}/other`)
      const lines = [
        ...['GET /reports HTTP/1.1', `Host: ${host}`, 'Connection: close'],
        ...[`Authorization: DPoP ${one}`, `DPoP: ${lying}`, '', ''],
      ]
      const before = room.services[framework].handled()
      const answer = await exchange(room.services[framework].port, Buffer.from(lines.join('\r\n')))
      expect(answer).toMatch(/^HTTP\/1\.1 40[0134] /)
      expect(room.services[framework].handled()).toBe(before)
    })

    it('S11 a router’s prefix is part of the address', async () => {
      const service = room.services[framework]
      expect(await outcome(service, await proved('/v1/reports', `${audience}/v1/reports`))).toBe('200')
      expect(await outcome(service, await proved('/v1/reports', `${audience}/reports`))).toBe(badProof)
      expect(await outcome(service, await proved('/reports', `${audience}/v1/reports`))).toBe(badProof)
    })
  })
})
