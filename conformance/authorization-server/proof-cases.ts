// Proofs that are wrong in one point each, and those that only look it.
import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { type DpopKey, rawJws } from '../support/dpop.ts'
import { inPlainAlphabet, otherTrailingBits } from '../support/spellings.ts'

/** Makes a correct proof, apart from what a case changes; undefined takes a member out. */
export interface Workshop {
  key: DpopKey
  /** The token endpoint's. */
  htu: string
  nonce: string
  /** Seconds. */
  now: number
  jwk: Record<string, unknown>
  proof(
    claims?: Record<string, unknown>,
    header?: Record<string, unknown>,
    signer?: Parameters<typeof rawJws>[2],
  ): string
}

export function workshop(parts: { key: DpopKey; htu: string; nonce: string; now: number }): Workshop {
  const { key, htu, nonce, now } = parts
  return {
    ...{ key, htu, nonce, now, jwk: key.jwk },
    proof(claims = {}, header = {}, signer = key.privateKey) {
      const right = { jti: randomUUID(), htm: 'POST', htu, iat: now, nonce }
      return rawJws(
        { typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...header },
        { ...right, ...claims },
        signer,
      )
    },
  }
}

const hmacWith = (secret: string) => (input: string) => createHmac('sha256', secret).update(input).digest()
const derOf = (privateKey: KeyObject) => (input: string) => sign('sha256', Buffer.from(input), privateKey)
export const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed25519 = generateKeyPairSync('ed25519')
const jwkOf = (publicKey: KeyObject): Record<string, unknown> => ({ ...publicKey.export({ format: 'jwk' }) })

/** A proof whose bytes are right, in the other alphabet: only a signature that needs it will do. */
function plainAlphabet(proof: () => string): string {
  for (;;) {
    const one = proof()
    const [header, claims, signature = ''] = one.split('.')
    const plain = [header, claims, inPlainAlphabet(signature)].join('.')
    if (plain !== one) return plain
  }
}

export const refused = 'invalid_dpop_proof'
export const nonceWanted = 'use_dpop_nonce'
/** The proof is good: only now is the code found to be nobody's. */
export const taken = 'invalid_grant'

type Case = [name: string, make: (w: Workshop) => string | string[], outcome: string]
/** RFC 9449 section 4.3, by the number of its check. */
export const cases: Case[] = [
  ['a correct proof', (w) => w.proof(), taken],

  ['1 two headers', (w) => [w.proof(), w.proof()], refused],
  ['1 the same proof in two headers', (w) => Array<string>(2).fill(w.proof()), refused],
  ['1 two proofs in one header', (w) => `${w.proof()}, ${w.proof()}`, refused],
  ['1 an empty header', () => '', refused],

  ['2 garbage', () => 'garbage', refused],
  ['2 dots', () => '..', refused],
  ['2 five segments, a JWE', () => 'a.b.c.d.e', refused],
  ['2 no signature', (w) => `${w.proof().split('.').slice(0, 2).join('.')}.`, refused],
  ['2 two segments', (w) => w.proof().split('.').slice(0, 2).join('.'), refused],
  ['2 X14 padded', (w) => `${w.proof()}==`, refused],
  ['2 X14 one character more', (w) => `${w.proof()}1`, refused],
  ['2 X14 other trailing bits', (w) => otherTrailingBits(w.proof()), refused],
  ['2 X14 in the alphabet of plain base64', (w) => plainAlphabet(w.proof), refused],
  ['2 a blank within', (w) => w.proof().replace('.', ' .'), refused],
  ['2 55 too long', (w) => w.proof({ more: 'x'.repeat(8_000) }), refused],
  [
    '2 a header that is no object',
    (w) => rawJws([], { jti: 'x', htm: 'POST', htu: w.htu, iat: w.now }, w.key.privateKey),
    refused,
  ],
  [
    '2 claims that are no object',
    (w) => rawJws({ typ: 'dpop+jwt', alg: 'ES256', jwk: w.jwk }, 'claims', w.key.privateKey),
    refused,
  ],
  [
    '2 claims that are null',
    (w) => rawJws({ typ: 'dpop+jwt', alg: 'ES256', jwk: w.jwk }, null, w.key.privateKey),
    refused,
  ],

  ['3 no jti', (w) => w.proof({ jti: undefined }), refused],
  ['3 an empty jti', (w) => w.proof({ jti: '' }), refused],
  ['3 X12 a list as jti', (w) => w.proof({ jti: ['x'] }), refused],
  ['3 a jti of 10,000 characters', (w) => w.proof({ jti: 'x'.repeat(10_000) }), refused],
  ['3 no htm', (w) => w.proof({ htm: undefined }), refused],
  ['3 no htu', (w) => w.proof({ htu: undefined }), refused],
  ['3 X12 a list as htu', (w) => w.proof({ htu: [w.htu] }), refused],
  ['3 no iat', (w) => w.proof({ iat: undefined }), refused],
  ['3 iat as text', (w) => w.proof({ iat: String(w.now) }), refused],
  ['3 iat null', (w) => w.proof({ iat: null }), refused],
  ['3 no ath, which is for resources', (w) => w.proof({ ath: undefined }), taken],

  ['4 no typ', (w) => w.proof({}, { typ: undefined }), refused],
  ['4 typ JWT', (w) => w.proof({}, { typ: 'JWT' }), refused],
  ['4 S02 typ at+jwt', (w) => w.proof({}, { typ: 'at+jwt' }), refused],

  ['5 alg none, signed', (w) => w.proof({}, { alg: 'none' }), refused],
  ['5 alg none, no signature', (w) => w.proof({}, { alg: 'none' }, () => Buffer.of()), refused],
  [
    '5 alg HS256 keyed with the public key',
    (w) => w.proof({}, { alg: 'HS256' }, hmacWith(JSON.stringify(w.jwk))),
    refused,
  ],
  [
    '5 alg HS256 with its own key',
    (w) => w.proof({}, { alg: 'HS256', jwk: { kty: 'oct', k: 'a2V5' } }, hmacWith('key')),
    refused,
  ],
  [
    '5 alg RS256, which is not advertised',
    (w) => w.proof({}, { alg: 'RS256', jwk: jwkOf(rsa.publicKey) }, derOf(rsa.privateKey)),
    refused,
  ],
  ['5 an alg of nobody', (w) => w.proof({}, { alg: 'ES999' }), refused],
  ['5 an alg in lower case', (w) => w.proof({}, { alg: 'es256' }), refused],
  ['5 no alg', (w) => w.proof({}, { alg: undefined }), refused],
  ['5 a critical extension', (w) => w.proof({}, { crit: ['exp'], exp: 0 }), refused],
  ['5 an unencoded payload', (w) => w.proof({}, { crit: ['b64'], b64: false }), refused],
  [
    '5 EdDSA',
    (w) =>
      w.proof({}, { alg: 'EdDSA', jwk: jwkOf(ed25519.publicKey) }, (input) =>
        sign(null, Buffer.from(input), ed25519.privateKey),
      ),
    taken,
  ],

  ['6 signed by another key', (w) => w.proof({}, {}, p256.privateKey), refused],
  ['6 changed after it was signed', (w) => swapClaims(w.proof(), w.proof()), refused],
  ['6 a signature of zeros', (w) => w.proof({}, {}, () => Buffer.alloc(64)), refused],
  ['6 a DER signature', (w) => w.proof({}, {}, derOf(w.key.privateKey)), refused],

  ['7 no jwk', (w) => w.proof({}, { jwk: undefined }), refused],
  ['7 a kid instead', (w) => w.proof({}, { jwk: undefined, kid: w.key.jkt }), refused],
  ['7 R09 a jku instead', (w) => w.proof({}, { jwk: undefined, jku: 'https://evil.example/jwks' }), refused],
  ['7 a jwk as text', (w) => w.proof({}, { jwk: JSON.stringify(w.jwk) }), refused],
  [
    '7 a private jwk',
    (w) => w.proof({}, { jwk: { ...w.key.privateKey.export({ format: 'jwk' }) } }),
    refused,
  ],
  ['7 a symmetric jwk', (w) => w.proof({}, { jwk: { kty: 'oct', k: 'a2V5' } }), refused],
  ['7 an RSA jwk for ES256', (w) => w.proof({}, { jwk: jwkOf(rsa.publicKey) }), refused],
  ['7 a P-384 jwk for ES256', (w) => w.proof({}, { jwk: jwkOf(p384.publicKey) }, p384.privateKey), refused],
  ['7 a point off the curve', (w) => w.proof({}, { jwk: { ...w.jwk, y: w.jwk.x } }), refused],
  ['7 X14 a padded coordinate', (w) => w.proof({}, { jwk: { ...w.jwk, x: `${w.jwk.x}=` } }), refused],

  ['8 htm GET', (w) => w.proof({ htm: 'GET' }), refused],
  ['8 htm in lower case', (w) => w.proof({ htm: 'post' }), refused],

  ['9 htu of another endpoint', (w) => w.proof({ htu: w.htu.replace('/token', '/userinfo') }), refused],
  ['9 htu with a slash more', (w) => w.proof({ htu: `${w.htu}/` }), refused],
  ['9 htu of another path in capitals', (w) => w.proof({ htu: w.htu.replace('/token', '/TOKEN') }), refused],
  ['9 htu of another host', (w) => w.proof({ htu: 'http://localhost/token' }), refused],
  [
    '9 htu of the same host by name',
    (w) => w.proof({ htu: w.htu.replace('127.0.0.1', 'localhost') }),
    refused,
  ],
  ['9 htu of another port', (w) => w.proof({ htu: 'http://127.0.0.1:1/token' }), refused],
  ['9 htu of another scheme', (w) => w.proof({ htu: w.htu.replace('http:', 'https:') }), refused],
  ['9 htu with user information', (w) => w.proof({ htu: w.htu.replace('//', '//user@') }), refused],
  [
    '9 htu with our host as user information',
    (w) => w.proof({ htu: w.htu.replace('/token', '@evil.example/token') }),
    refused,
  ],
  ['9 htu relative', (w) => w.proof({ htu: '/token' }), refused],
  ['9 htu with a query', (w) => w.proof({ htu: `${w.htu}?code=x` }), taken],
  ['9 htu with a fragment', (w) => w.proof({ htu: `${w.htu}#x` }), taken],
  ['9 htu with its scheme in capitals', (w) => w.proof({ htu: w.htu.replace('http:', 'HTTP:') }), taken],
  ['9 htu with dot segments', (w) => w.proof({ htu: w.htu.replace('/token', '/x/../token') }), taken],

  ['10 A42 no nonce', (w) => w.proof({ nonce: undefined }), nonceWanted],
  ['10 A42 an empty nonce', (w) => w.proof({ nonce: '' }), nonceWanted],
  [
    '10 A42 a nonce of one’s own',
    (w) => w.proof({ nonce: randomBytes(22).toString('base64url') }),
    nonceWanted,
  ],
  ['10 X12 a nonce that is a number', (w) => w.proof({ nonce: 1 }), nonceWanted],
  ['10 X12 a nonce in a list', (w) => w.proof({ nonce: [w.nonce] }), nonceWanted],
  ['10 X14 a nonce padded', (w) => w.proof({ nonce: `${w.nonce}==` }), nonceWanted],
  ['10 X14 a nonce with one character more', (w) => w.proof({ nonce: `${w.nonce}1` }), nonceWanted],
  [
    '10 X14 a nonce with other trailing bits',
    (w) => w.proof({ nonce: otherTrailingBits(w.nonce) }),
    nonceWanted,
  ],
  ['10 a nonce with the time moved on', (w) => w.proof({ nonce: laterNonce(w.nonce) }), nonceWanted],

  ['11 a clock 23 hours late, with a fresh nonce', (w) => w.proof({ iat: w.now - 82_800 }), taken],
  ['11 a clock 23 hours early, with a fresh nonce', (w) => w.proof({ iat: w.now + 82_800 }), taken],
  ['11 a clock 26 hours late', (w) => w.proof({ iat: w.now - 93_600 }), refused],
  ['11 a clock 26 hours early', (w) => w.proof({ iat: w.now + 93_600 }), refused],
  ['11 iat in milliseconds', (w) => w.proof({ iat: w.now * 1000 }), refused],
  ['11 iat 0', (w) => w.proof({ iat: 0 }), refused],
  ['11 an old iat without a nonce', (w) => w.proof({ iat: w.now - 120, nonce: undefined }), nonceWanted],
]

/** The second proof's claims under the first one's header and signature. */
function swapClaims(one: string, other: string): string {
  const [header, , signature] = one.split('.')
  return [header, other.split('.')[1], signature].join('.')
}

function laterNonce(nonce: string): string {
  const bytes = Buffer.from(nonce, 'base64url')
  bytes.writeUInt32BE(bytes.readUInt32BE() + 1)
  return bytes.toString('base64url')
}
