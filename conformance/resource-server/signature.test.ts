// Who signed, and with what: the key and the algorithm come from the configuration and the issuer's key set, never from
// the token.
import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { CompactEncrypt, type CompactJWEHeaderParameters, exportJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawJws } from '../support/dpop.ts'
import { otherTrailingBits } from '../support/spellings.ts'
import { bearer, malformedOrOther, outcome } from './call.ts'
import type { TokenChanges } from './issuer.ts'
import { openRoom, type Room } from './room.ts'
import { frameworks } from './service.ts'
import { createKey, encode, hmacWith, partsOf, type SigningKey, signWith } from './signing.ts'

const refused = '401 invalid_token'

const keys = {
  rs: createKey('RS256', 'rs'),
  ed: createKey('EdDSA', 'ed'),
  ed25519: createKey('Ed25519', 'ed25519'),
  // Says nothing of what it is for: kty, crv, x, y and kid.
  bare: createKey('ES256', 'bare'),
  bareRsa: createKey('RS256', 'bare-rsa'),
  es384: createKey('ES384', 'es384'),
  ps: createKey('PS256', 'ps'),
  encryption: createKey('ES256', 'encryption'),
  signOnly: createKey('ES256', 'sign-only'),
  k1: createKey('ES256K', 'k1'),
  stranger: createKey('ES256', 'key-1'),
}
const symmetric = Buffer.alloc(32, 7)

let room: Room
beforeAll(async () => {
  room = await openRoom()
  const bare = ({ jwk }: SigningKey) => ({ ...jwk, alg: undefined, use: undefined })
  room.issuer.published.push(
    ...[keys.rs.jwk, keys.ed.jwk, keys.ed25519.jwk, keys.es384.jwk, keys.ps.jwk, keys.k1.jwk],
    ...[bare(keys.bare), bare(keys.bareRsa)],
    { ...keys.encryption.jwk, use: 'enc' },
    { ...keys.signOnly.jwk, use: undefined, key_ops: ['sign'] },
    { kty: 'oct', k: symmetric.toString('base64url'), kid: 'oct', alg: 'HS256', use: 'sig' },
  )
})
afterAll(() => room.close())

const token = (changes?: TokenChanges) => room.issuer.token(changes)
const main = () => room.issuer.key
const pem = (key: SigningKey) => String(key.publicKey.export({ type: 'spki', format: 'pem' }))
const der = (key: SigningKey) => Buffer.from(key.publicKey.export({ type: 'spki', format: 'der' }))
const without = () => Buffer.of()

type Case = [name: string, make: () => string | Promise<string>, outcome: string]

const accepted: Case[] = [
  ['ES256', () => token(), '200'],
  ['RS256', () => token({ key: keys.rs }), '200'],
  ['EdDSA', () => token({ key: keys.ed }), '200'],
  ['Ed25519', () => token({ key: keys.ed25519 }), '200'],
  ['ES256 with a key that says nothing of itself', () => token({ key: keys.bare }), '200'],
  ['RS256 with a key that says nothing of itself', () => token({ key: keys.bareRsa }), '200'],
]

const unsigned: Case[] = [
  ...['none', 'None', 'NONE', 'nOnE', ' none', ''].map(
    (alg): Case => [
      `alg ${JSON.stringify(alg)}, no signature`,
      () => token({ header: { alg }, sign: without }),
      refused,
    ],
  ),
  ['alg none, signed by the right key', () => token({ header: { alg: 'none' } }), refused],
  ['alg none, without kid', () => token({ header: { alg: 'none', kid: undefined }, sign: without }), refused],
  ['alg ES256, no signature', () => token({ sign: without }), refused],
  ['no alg', () => token({ header: { alg: undefined } }), refused],
  ...[null, 0, true, ['ES256'], { ES256: true }].map(
    (alg): Case => [`X12 alg ${JSON.stringify(alg)}`, () => token({ header: { alg } }), refused],
  ),
  ...['es256', 'ES256 ', 'ES999', '__proto__', 'constructor', 'toString', 'hasOwnProperty'].map(
    (alg): Case => [`alg ${JSON.stringify(alg)}`, () => token({ header: { alg } }), refused],
  ),
]

/** What everybody can know of a public key, and an HMAC could be keyed with. */
const publicTexts: [name: string, of: (key: SigningKey) => string | Buffer][] = [
  ['its PEM', pem],
  ['its PEM without the last line end', (key) => pem(key).trimEnd()],
  ['its PEM with Windows line ends', (key) => pem(key).replaceAll('\n', '\r\n')],
  ['its DER', der],
  ['its DER in base64', (key) => der(key).toString('base64')],
  ['its JWK', (key) => JSON.stringify(key.jwk)],
  ['the key set', (key) => JSON.stringify({ keys: [key.jwk] })],
  ['its first coordinate', (key) => Buffer.from(String(key.jwk.x ?? key.jwk.n), 'base64url')],
  ['its kid', (key) => key.kid],
  ['nothing', () => ''],
]

const confused: Case[] = [
  ...publicTexts.flatMap(([name, of]): Case[] =>
    [main, () => keys.rs, () => keys.bare, () => keys.bareRsa].flatMap((key, at): Case[] =>
      (at === 2 ? ['HS256', 'HS384', 'HS512'] : ['HS256']).map((alg): Case => {
        const kind = ['ES256', 'RS256', 'alg-less EC', 'alg-less RSA'][at]
        const hash = alg.replace('HS', 'sha')
        return [
          `${alg} keyed with ${name} (${kind})`,
          () => token({ key: key(), header: { alg }, sign: hmacWith(of(key()), hash) }),
          refused,
        ]
      }),
    ),
  ),
  [
    'HS256 with a symmetric key that the issuer published',
    () => token({ header: { alg: 'HS256', kid: 'oct' }, sign: hmacWith(symmetric) }),
    refused,
  ],
  [
    'ES256 that names the symmetric key',
    () => token({ header: { kid: 'oct' }, sign: hmacWith(symmetric) }),
    refused,
  ],
  ['ES256 that names the RSA key', () => token({ header: { kid: 'rs' } }), refused],
  ['RS256 that names the EC key', () => token({ key: keys.rs, header: { kid: 'key-1' } }), refused],
  ['RS256 in name, ES256 in fact', () => token({ key: keys.rs, sign: main().sign }), refused],
  ['ES256 in name, RS256 in fact', () => token({ sign: keys.rs.sign }), refused],
  ['ES256 in name, Ed25519 in fact', () => token({ sign: keys.ed.sign }), refused],
  ['EdDSA in name, ES256 in fact', () => token({ key: keys.ed, sign: main().sign }), refused],
  [
    'RS256 with the alg-less EC key',
    () => token({ key: keys.rs, header: { kid: 'bare' }, sign: keys.rs.sign }),
    refused,
  ],
  [
    'RS256 with the alg-less EC key, signed by it as OpenSSL would',
    () =>
      token({
        ...{ key: keys.bare, header: { alg: 'RS256' } },
        sign: (input) => derSignature(keys.bare.sign(input)),
      }),
    refused,
  ],
  [
    'PS256 with a key for RS256',
    () => token({ key: keys.rs, header: { alg: 'PS256' }, sign: signWith('PS256', keys.rs.privateKey) }),
    refused,
  ],
  [
    'PS256 with the alg-less RSA key',
    () =>
      token({
        ...{ key: keys.bareRsa, header: { alg: 'PS256' } },
        sign: signWith('PS256', keys.bareRsa.privateKey),
      }),
    refused,
  ],
  [
    'RS256 with a key for PS256',
    () => token({ key: keys.ps, header: { alg: 'RS256' }, sign: signWith('RS256', keys.ps.privateKey) }),
    refused,
  ],
  ...(['RS384', 'RS512'] as const).map(
    (alg): Case => [
      `${alg} with the alg-less RSA key`,
      () => token({ key: keys.bareRsa, header: { alg }, sign: signWith(alg, keys.bareRsa.privateKey) }),
      refused,
    ],
  ),
  ['an algorithm that is not configured, PS256', () => token({ key: keys.ps }), refused],
  ['an algorithm that is not configured, ES384', () => token({ key: keys.es384 }), refused],
  ['an algorithm that does not exist here, ES256K', () => token({ key: keys.k1 }), refused],
  ['ES256K in fact, ES256 in name', () => token({ key: keys.k1, header: { alg: 'ES256' } }), refused],
  ['EdDSA with a key for Ed25519', () => token({ key: keys.ed25519, header: { alg: 'EdDSA' } }), refused],
  ['a key for encryption', () => token({ key: keys.encryption }), refused],
  ['a key for signing only', () => token({ key: keys.signOnly }), refused],
]

const foreign: Case[] = [
  ['signed by another key with the same kid', () => token({ sign: keys.stranger.sign }), refused],
  ['the key in the token (jwk)', () => embedded({ jwk: keys.stranger.jwk }), refused],
  [
    'the key in the token, under a kid of its own',
    () => embedded({ jwk: keys.stranger.jwk, kid: 'mine' }),
    refused,
  ],
  [
    'a certificate in the token (x5c)',
    () => embedded({ x5c: [der(keys.stranger).toString('base64')] }),
    refused,
  ],
  ['another’s key set (jku)', () => embedded({ jku: `${room.partner.issuer}/jwks` }), refused],
  ['another’s certificate (x5u)', () => embedded({ x5u: `${room.partner.issuer}/cert` }), refused],
  ['no kid', () => token({ header: { kid: undefined } }), refused],
  ['a kid in other letters', () => token({ header: { kid: 'KEY-1' } }), refused],
  ['a key’s thumbprint for its kid', () => token({ header: { kid: thumbprint(main()) } }), refused],
  ...[null, 0, ['key-1'], { 'key-1': 1 }].map(
    (kid): Case => [`X12 kid ${JSON.stringify(kid)}`, () => token({ header: { kid } }), refused],
  ),
]

const embedded = (header: Record<string, unknown>) => token({ header, sign: keys.stranger.sign })
const thumbprint = ({ jwk: { crv, kty, x, y } }: SigningKey) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

const bytes = (...values: [value: number, length: number][]) =>
  Buffer.concat(values.map(([value, length]) => Buffer.alloc(length, value)))
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')

const spoiled: Case[] = [
  ['a signature of zeros (CVE-2022-21449)', () => token({ sign: () => bytes([0, 64]) }), refused],
  ['r zero', () => token({ sign: () => bytes([0, 32], [1, 32]) }), refused],
  ['s zero', () => token({ sign: () => bytes([1, 32], [0, 32]) }), refused],
  ['r and s the order of the curve', () => token({ sign: () => Buffer.concat([order, order]) }), refused],
  ['all ones', () => token({ sign: () => bytes([255, 64]) }), refused],
  ['half a signature', () => token({ sign: (input) => main().sign(input).subarray(0, 32) }), refused],
  [
    'a byte too many',
    () => token({ sign: (input) => Buffer.concat([main().sign(input), bytes([0, 1])]) }),
    refused,
  ],
  [
    'r and s in 33 bytes each',
    () =>
      token({
        sign(input) {
          const [zero, both] = [bytes([0, 1]), main().sign(input)]
          return Buffer.concat([zero, both.subarray(0, 32), zero, both.subarray(32)])
        },
      }),
    refused,
  ],
  ['in DER', () => token({ sign: (input) => derSignature(main().sign(input)) }), refused],
  ['of another token', () => swap(token(), token(), 'signature'), refused],
  ['with the claims of another token', () => swap(token(), token(), 'payload'), refused],
  ['with the header of another token', () => swap(token(), token({ header: { x: 1 } }), 'header'), refused],
  ['of the claims alone', () => token({ sign: (input) => main().sign(input.split('.')[1] ?? '') }), refused],
  ['X14 with other trailing bits', () => otherTrailingBits(token()), refused],
  ['X14 padded', () => `${token()}==`, refused],
  ['X14 with a character more', () => `${token()}A`, refused],
]

function swap(one: string, other: string, part: 'header' | 'payload' | 'signature'): string {
  const parts = partsOf(one)
  parts[part] = partsOf(other)[part]
  return `${parts.header}.${parts.payload}.${parts.signature}`
}

function derSignature(raw: Uint8Array): Buffer {
  const integer = (value: Uint8Array) => {
    const padded = (value[0] ?? 0) >= 0x80 ? Buffer.from([0, ...value]) : Buffer.from(value)
    return Buffer.concat([Buffer.of(2, padded.length), padded])
  }
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

/** The right claims, encrypted: to the issuer's own public key, with a shared secret or a password. */
async function encrypted(header: CompactJWEHeaderParameters, key: Parameters<CompactEncrypt['encrypt']>[0]) {
  const inner = Buffer.from(partsOf(token()).payload, 'base64url')
  return new CompactEncrypt(inner).setProtectedHeader({ typ: 'at+jwt', kid: 'rs', ...header }).encrypt(key)
}

const shaped: Case[] = [
  [
    '62 a JWE, RSA-OAEP-256',
    () => encrypted({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }, keys.rs.publicKey),
    refused,
  ],
  [
    '62 a JWE, ECDH-ES',
    async () => encrypted({ alg: 'ECDH-ES', enc: 'A256GCM' }, await exportJWK(main().publicKey)),
    refused,
  ],
  ['62 a JWE, dir', () => encrypted({ alg: 'dir', enc: 'A256GCM', kid: 'oct' }, symmetric), refused],
  ['62 a JWE whose header asks for a million rounds of PBKDF2 (CVE-2022-36083)', () => costly(), refused],
  ['62 a JWE whose text is a decompression bomb (CVE-2024-28176)', () => jweBomb(), refused],
  ['62 a JWS with its claims compressed', () => compressed(JSON.stringify({ iss: 'x' })), refused],
  ['62 a JWS whose claims are a decompression bomb', () => compressed(' '.repeat(3_000_000)), refused],
  ['an extension that is critical', () => token({ header: { crit: ['exp'], exp: 0 } }), refused],
  ['an unencoded payload (RFC 7797)', () => token({ header: { crit: ['b64'], b64: false } }), refused],
  ['an empty list of critical extensions', () => token({ header: { crit: [] } }), refused],
  ['two segments', () => token().split('.').slice(0, 2).join('.'), refused],
  ['four segments', () => `${token()}.x`, refused],
  ['a header that is a list', () => rawJws([], {}, main().sign), refused],
  ['a header that is null', () => rawJws(null, {}, main().sign), refused],
  ['claims that are a text', () => rawJws(headerOf(main()), 'claims', main().sign), refused],
  ['claims that are a list', () => rawJws(headerOf(main()), [{}], main().sign), refused],
  ['claims that are null', () => rawJws(headerOf(main()), null, main().sign), refused],
]

const headerOf = ({ alg, kid }: SigningKey) => ({ typ: 'at+jwt', alg, kid })

function costly(): string {
  const header = {
    typ: 'at+jwt',
    alg: 'PBES2-HS512+A256KW',
    enc: 'A256GCM',
    p2c: 2 ** 31 - 1,
    p2s: 'AAAAAAAAAAA',
  }
  const random = encode(Buffer.alloc(40, 1))
  return [
    encode(JSON.stringify(header)),
    random,
    encode(Buffer.alloc(12)),
    random,
    encode(Buffer.alloc(16)),
  ].join('.')
}

function jweBomb(): string {
  const header = { typ: 'at+jwt', alg: 'dir', enc: 'A256GCM', zip: 'DEF' }
  const text = encode(deflateRawSync(Buffer.alloc(3_000_000)))
  return [encode(JSON.stringify(header)), '', encode(Buffer.alloc(12)), text, encode(Buffer.alloc(16))].join(
    '.',
  )
}

function compressed(claims: string): string {
  const header = encode(JSON.stringify({ ...headerOf(main()), zip: 'DEF' }))
  const input = `${header}.${encode(deflateRawSync(claims))}`
  return `${input}.${encode(Buffer.from(main().sign(input)))}`
}

describe.each(frameworks)('S01 on %s', (framework) => {
  it.each([...accepted, ...unsigned, ...confused])('S01 52 %s', async (_, make, expected) => {
    expect(await outcome(room.services[framework], bearer(await make()))).toBe(expected)
  })

  it.each([...foreign, ...spoiled, ...shaped])('S01 %s', async (_, make, expected) => {
    expect(await outcome(room.services[framework], bearer(await make()))).toBe(expected)
  })

  it('S01 a JWS in JSON', async () => {
    const { header, payload, signature } = partsOf(token())
    const flattened = JSON.stringify({ protected: header, payload, signature })
    const general = JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
    for (const json of [flattened, general, encode(flattened)]) {
      expect(malformedOrOther).toContain(await outcome(room.services[framework], bearer(json)))
    }
  })

  it('S01 a token that was let in before lets no other in', async () => {
    const one = token()
    expect(await outcome(room.services[framework], bearer(one))).toBe('200')
    const { header, payload, signature } = partsOf(one)
    const richer = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = encode(JSON.stringify({ ...richer, scope: 'reports:write' }))
    expect(await outcome(room.services[framework], bearer(`${header}.${forged}.${signature}`))).toBe(refused)
    const lastByte = one.endsWith('AA') ? 'BA' : 'AA'
    expect(await outcome(room.services[framework], bearer(`${one.slice(0, -2)}${lastByte}`))).toBe(refused)
  })
})

it('S01 S16 fetches nothing but the key set, whatever the tokens named', async () => {
  const urls = { jku: `${room.partner.issuer}/jwks`, x5u: `${room.partner.issuer}/cert` }
  await outcome(room.services.Hono, bearer(embedded(urls)))
  expect(room.issuer.requests.filter(({ line }) => line !== 'GET /jwks')).toEqual([])
  expect(room.partner.requests).toEqual([])
})
