// A kid is a name to compare, and nothing else: no path, no query, no address.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, outcome } from './call.ts'
import { openRoom, type Room } from './room.ts'
import { frameworks } from './service.ts'
import { createKey, hmacWith } from './signing.ts'

const refused = '401 invalid_token'

let room: Room
/** A folder with a file whose content an attacker knows, as of `/dev/null`. */
let folder: string
beforeAll(async () => {
  room = await openRoom()
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kid-'))
  writeFileSync(join(folder, 'known'), 'known')
  writeFileSync(join(folder, 'key.json'), JSON.stringify({ keys: [createKey('ES256', 'x').jwk] }))
})
afterAll(async () => {
  await room.close()
  rmSync(folder, { recursive: true })
})

const file = (name: string) => join(folder, name)

const kids: [name: string, kid: () => string][] = [
  ['a path upward', () => '../../../../../../etc/passwd'],
  ['a path upward, encoded', () => '..%2f..%2f..%2fetc%2fpasswd'],
  ['a path upward, for Windows', () => '..\\..\\..\\windows\\win.ini'],
  ['a file that exists', () => file('known')],
  ['a key file that exists', () => file('key.json')],
  ['a file that could be made', () => file('made')],
  ['a file’s address', () => `file://${file('key.json')}`],
  ['/dev/null', () => '/dev/null'],
  ['/dev/zero, which has no end', () => '/dev/zero'],
  ['a path and a NUL', () => `${file('known')}\0.pem`],
  ['a URL', () => `${room.partner.issuer}/jwks`],
  ['a URL of another kind', () => `${room.partner.issuer.replace('http:', 'ftp:')}/x`],
  ['a URL without a scheme', () => `//${new URL(room.partner.issuer).host}/jwks`],
  ['a URL in user information', () => `${room.issuer.issuer}@${new URL(room.partner.issuer).host}/`],
  ['a name to resolve', () => 'metadata.google.internal'],
  ['an address of a cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data/'],
  ['a query for the key set', () => '?kid=key-1'],
  ['a fragment', () => '#key-1'],
  ['data', () => 'data:application/json,{"keys":[]}'],
  ['SQL', () => "' UNION SELECT 'known' -- "],
  ['more SQL', () => "key-1'; DROP TABLE keys; --"],
  ['a command', () => '$(touch made)'],
  ['another command', () => '| cat /etc/passwd'],
  ['a template', () => '{{constructor.constructor("return process")()}}'],
  ['a lookup', () => `$\{jndi:ldap://127.0.0.1:1/x}`],
  ['an LDAP filter', () => '*)(uid=*))(|(uid=*'],
  ['a pattern', () => '.*'],
  ['a glob', () => 'key-*'],
  ['an index', () => '0'],
  ['length', () => 'length'],
  ['__proto__', () => '__proto__'],
  ['constructor', () => 'constructor'],
  ['a line end and a header', () => 'x\r\nX-Injected: 1'],
  ['the kid and a blank', () => 'key-1 '],
  ['the kid and a NUL', () => 'key-1\0'],
  ['the kid with a letter that looks alike', () => 'kеy-1'],
  ['nothing', () => ''],
  ['256 characters', () => 'k'.repeat(256)],
  ['257 characters', () => 'k'.repeat(257)],
  ['5 KB', () => 'k'.repeat(5_000)],
  ['10 KB', () => 'k'.repeat(10_000)],
  ['10 KB of paths', () => '../'.repeat(3_334)],
  ['bytes that are no text', () => '\u0000\u0001\uffff\ud800'],
]

describe.each(frameworks)('S16 on %s', (framework) => {
  it.each(kids)('S16 %s', async (_, kid) => {
    const service = room.services[framework]
    const before = readdirSync(folder)
    const header = { kid: kid() }
    expect(await outcome(service, bearer(room.issuer.token({ header })))).toBe(refused)
    // Keyed with what the file, the query or nothing at all would have yielded.
    for (const secret of ['known', '', kid()]) {
      const forged = room.issuer.token({ header: { ...header, alg: 'HS256' }, sign: hmacWith(secret) })
      expect(await outcome(service, bearer(forged))).toBe(refused)
    }
    expect(room.partner.requests).toEqual([])
    expect(room.issuer.requests.filter(({ line }) => line !== 'GET /jwks')).toEqual([])
    expect(readdirSync(folder)).toEqual(before)
    expect(existsSync('made')).toBe(false)
  })
})

it('S16 all of them together cost each verifier two fetches, as the clock stood still', async () => {
  const fresh = await openRoom()
  for (const [, kid] of kids) {
    for (const framework of frameworks) {
      await outcome(fresh.services[framework], bearer(fresh.issuer.token({ header: { kid: kid() } })))
    }
  }
  const lines = fresh.issuer.requests.map(({ line }) => line)
  await fresh.close()
  expect(lines).toEqual(Array(2 * frameworks.length).fill('GET /jwks'))
})

it('S16 a kid that is too long to be one costs nothing at all', async () => {
  const fresh = await openRoom()
  for (const length of [257, 5_000, 10_000, 100_000]) {
    const token = fresh.issuer.token({ header: { kid: 'k'.repeat(length) } })
    expect(await outcome(fresh.services.Hono, bearer(token))).toBe(refused)
  }
  const asked = fresh.issuer.requests.length
  await fresh.close()
  expect(asked).toBe(0)
})

it('S16 a published kid may be as odd as it likes: it is only compared', async () => {
  const fresh = await openRoom()
  for (const kid of ['../../etc/passwd', '__proto__', "' OR 1=1 --", 'http://127.0.0.1:1/x', '0']) {
    const key = createKey('ES256', kid)
    fresh.issuer.published = [key.jwk]
    fresh.clock.advance(360_000)
    for (const framework of frameworks) {
      expect(await outcome(fresh.services[framework], bearer(fresh.issuer.token({ key })))).toBe('200')
    }
  }
  await fresh.close()
})
