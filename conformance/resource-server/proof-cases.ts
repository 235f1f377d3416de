// Proofs that are wrong in one point each, and those that only look it.
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { type DpopKey, rawJws } from '../support/dpop.ts'
import { otherSpellings, otherTrailingBits } from '../support/spellings.ts'
import type { Call } from './call.ts'
import type { Json } from './signing.ts'

/** What a case has at hand: a bound token, its key, and proofs that are right but for what the case changes. */
export interface Workshop {
  /** Bound to `key`. */
  token: string
  /** Bound to the same key, but another token. */
  otherToken: string
  key: DpopKey
  /** The service's address. */
  base: string
  /** Seconds. */
  now: number
  proof(claims?: Json, header?: Json, signer?: Parameters<typeof rawJws>[2]): string
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

export function workshop(parts: Omit<Workshop, 'proof'>): Workshop {
  const { token, key, base, now } = parts
  return {
    ...parts,
    proof(claims = {}, header = {}, signer = key.privateKey) {
      const right = { jti: randomUUID(), htm: 'GET', htu: `${base}/reports`, iat: now, ath: hashOf(token) }
      return rawJws(
        { typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...header },
        { ...right, ...claims },
        signer,
      )
    },
  }
}

/** A request that shows a token and proofs. */
export const showing = (token: string, proofs: string | string[], more: Call = {}): Call => ({
  ...more,
  headers: [
    ['Authorization', `DPoP ${token}`],
    ...[proofs].flat().map((proof): [string, string] => ['DPoP', proof]),
  ],
})

export const accepted = '200'
/** Of the proof alone. */
export const refused = '401 invalid_dpop_proof'
/** A good proof, of a key that the token is not bound to. */
const otherKey = '401 invalid_token'

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const ed25519 = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwkOf = (key: KeyObject): Json => ({ ...key.export({ format: 'jwk' }) })
const hmacWith = (secret: string) => (input: string) => createHmac('sha256', secret).update(input).digest()
const derOf = (privateKey: KeyObject) => (input: string) => sign('sha256', Buffer.from(input), privateKey)

type Case = [name: string, make: (w: Workshop) => Call, outcome: string]
type ProofCase = [name: string, make: (w: Workshop) => string | string[], outcome: string]

const form: ProofCase[] = [
  ['a correct proof', (w) => w.proof(), accepted],
  ['two proofs', (w) => [w.proof(), w.proof()], refused],
  ['the same proof twice', (w) => Array<string>(2).fill(w.proof()), refused],
  ['two proofs in one header', (w) => `${w.proof()}, ${w.proof()}`, refused],
  ['a proof and an empty header', (w) => [w.proof(), ''], refused],
  ['an empty header and a proof', (w) => ['', w.proof()], refused],
  ['none', () => [], refused],
  ['an empty one', () => '', refused],
  ['garbage', () => 'garbage', refused],
  ['dots', () => '..', refused],
  ['five segments, a JWE', () => 'a.b.c.d.e', refused],
  ['no signature', (w) => `${w.proof().split('.').slice(0, 2).join('.')}.`, refused],
  ['two segments', (w) => w.proof().split('.').slice(0, 2).join('.'), refused],
  ['the access token itself', (w) => w.token, refused],
  ['quoted', (w) => `"${w.proof()}"`, refused],
  ['under a scheme', (w) => `DPoP ${w.proof()}`, refused],
  ['too long', (w) => w.proof({ more: 'x'.repeat(8_000) }), refused],
  ['far too long', (w) => w.proof({ more: 'x'.repeat(100_000) }), refused],
  ['a header that is a list', (w) => rawJws([], {}, w.key.privateKey), refused],
  ['claims that are null', (w) => rawJws(headerOf(w), null, w.key.privateKey), refused],
  ['claims that are a text', (w) => rawJws(headerOf(w), 'claims', w.key.privateKey), refused],
]

const header: ProofCase[] = [
  ['no typ', (w) => w.proof({}, { typ: undefined }), refused],
  ['48 typ JWT', (w) => w.proof({}, { typ: 'JWT' }), refused],
  ['48 typ at+jwt', (w) => w.proof({}, { typ: 'at+jwt' }), refused],
  ['typ in a list', (w) => w.proof({}, { typ: ['dpop+jwt'] }), refused],
  ['no alg', (w) => w.proof({}, { alg: undefined }), refused],
  ['alg none', (w) => w.proof({}, { alg: 'none' }), refused],
  ['alg none, no signature', (w) => w.proof({}, { alg: 'none' }, () => Buffer.of()), refused],
  ['alg in lower case', (w) => w.proof({}, { alg: 'es256' }), refused],
  ['alg in a list', (w) => w.proof({}, { alg: ['ES256'] }), refused],
  [
    '52 HS256 keyed with its JWK',
    (w) => w.proof({}, { alg: 'HS256' }, hmacWith(JSON.stringify(w.key.jwk))),
    refused,
  ],
  [
    '52 HS256 with a key of its own',
    (w) => w.proof({}, { alg: 'HS256', jwk: oct }, hmacWith('key')),
    refused,
  ],
  ['ES256 in name, HS256 in fact', (w) => w.proof({}, { jwk: oct }, hmacWith('key')), refused],
  [
    'RS256, which is not offered',
    (w) => w.proof({}, { alg: 'RS256', jwk: jwkOf(rsa.publicKey) }, derOf(rsa.privateKey)),
    refused,
  ],
  [
    'ES256 with an RSA key',
    (w) => w.proof({}, { jwk: jwkOf(rsa.publicKey) }, derOf(rsa.privateKey)),
    refused,
  ],
  ['ES256 with a P-384 key', (w) => w.proof({}, { jwk: jwkOf(p384.publicKey) }, p384.privateKey), refused],
  ['EdDSA with a P-256 key', (w) => w.proof({}, { alg: 'EdDSA' }), refused],
  ['a critical extension', (w) => w.proof({}, { crit: ['exp'], exp: 0 }), refused],
  ['an unencoded payload', (w) => w.proof({}, { crit: ['b64'], b64: false }), refused],
  ['no jwk', (w) => w.proof({}, { jwk: undefined }), refused],
  ['a kid instead', (w) => w.proof({}, { jwk: undefined, kid: w.key.jkt }), refused],
  ['a jku instead', (w) => w.proof({}, { jwk: undefined, jku: 'http://127.0.0.1:1/jwks' }), refused],
  ['an x5c instead', (w) => w.proof({}, { jwk: undefined, x5c: ['MA=='] }), refused],
  ['a jwk as text', (w) => w.proof({}, { jwk: JSON.stringify(w.key.jwk) }), refused],
  ['a list of jwks', (w) => w.proof({}, { jwk: [w.key.jwk] }), refused],
  ['a private jwk', (w) => w.proof({}, { jwk: jwkOf(w.key.privateKey) }), refused],
  ['a jwk of another use', (w) => w.proof({}, { jwk: { ...w.key.jwk, use: 'enc' } }), refused],
  ['a jwk for another algorithm', (w) => w.proof({}, { jwk: { ...w.key.jwk, alg: 'ES384' } }), refused],
  ['a point off the curve', (w) => w.proof({}, { jwk: { ...w.key.jwk, y: w.key.jwk.x } }), otherKey],
  ['a coordinate missing', (w) => w.proof({}, { jwk: { ...w.key.jwk, y: undefined } }), refused],
  ['X14 a padded coordinate', (w) => w.proof({}, { jwk: { ...w.key.jwk, x: `${w.key.jwk.x}=` } }), refused],
  [
    'another key, and its own signature',
    (w) => w.proof({}, { jwk: jwkOf(p256.publicKey) }, p256.privateKey),
    otherKey,
  ],
  [
    'another kind of key, and its own signature',
    (w) => w.proof({}, { alg: 'EdDSA', jwk: jwkOf(ed25519.publicKey) }, signEd),
    otherKey,
  ],
  ['the bound key shown, another used', (w) => w.proof({}, {}, p256.privateKey), refused],
  ['the bound key used, another shown', (w) => w.proof({}, { jwk: jwkOf(p256.publicKey) }), otherKey],
  ['changed after it was signed', (w) => swapClaims(w.proof(), w.proof()), refused],
  ['a signature of zeros', (w) => w.proof({}, {}, () => Buffer.alloc(64)), refused],
  ['a signature in DER', (w) => w.proof({}, {}, derOf(w.key.privateKey)), refused],
  ['X14 a signature with other trailing bits', (w) => otherTrailingBits(w.proof()), refused],
  ['X14 a signature padded', (w) => `${w.proof()}==`, refused],
]

const claims: ProofCase[] = [
  ['no jti', (w) => w.proof({ jti: undefined }), refused],
  ['an empty jti', (w) => w.proof({ jti: '' }), refused],
  ['X12 a jti in a list', (w) => w.proof({ jti: ['x'] }), refused],
  ['a jti of 2,000 characters', (w) => w.proof({ jti: 'x'.repeat(2_000) }), refused],
  ['a jti named like a member of Object', (w) => w.proof({ jti: '__proto__' }), accepted],
  ['no htm', (w) => w.proof({ htm: undefined }), refused],
  ['htm of another method', (w) => w.proof({ htm: 'POST' }), refused],
  ['htm in lower case', (w) => w.proof({ htm: 'get' }), refused],
  ['X12 htm in a list', (w) => w.proof({ htm: ['GET'] }), refused],
  ['no htu', (w) => w.proof({ htu: undefined }), refused],
  ['X12 htu in a list', (w) => w.proof({ htu: [`${w.base}/reports`] }), refused],
  ['no iat', (w) => w.proof({ iat: undefined }), refused],
  ['iat null', (w) => w.proof({ iat: null }), refused],
  ['iat as text', (w) => w.proof({ iat: String(w.now) }), refused],
  ['iat in milliseconds', (w) => w.proof({ iat: w.now * 1000 }), refused],
  ['iat 0', (w) => w.proof({ iat: 0 }), refused],
  ['60 seconds old', (w) => w.proof({ iat: w.now - 60 }), accepted],
  ['61 seconds old', (w) => w.proof({ iat: w.now - 61 }), refused],
  ['60 seconds early', (w) => w.proof({ iat: w.now + 60 }), accepted],
  ['61 seconds early', (w) => w.proof({ iat: w.now + 61 }), refused],
  ['an exp that is over, which is not looked at', (w) => w.proof({ exp: 0 }), accepted],
  ['no ath', (w) => w.proof({ ath: undefined }), refused],
  ['an empty ath', (w) => w.proof({ ath: '' }), refused],
  ['ath of another token', (w) => w.proof({ ath: hashOf(w.otherToken) }), refused],
  [
    'ath in hexadecimal',
    (w) => w.proof({ ath: Buffer.from(hashOf(w.token), 'base64url').toString('hex') }),
    refused,
  ],
  ['X12 ath in a list', (w) => w.proof({ ath: [hashOf(w.token)] }), refused],
  ...otherSpellings(hashOf('x'.repeat(9))).map(
    ([name], at): ProofCase => [
      `X14 ath with ${name}`,
      // The same spelling of the right hash: not every hash has all of them.
      (w) =>
        w.proof({ ath: otherSpellings(hashOf(w.token)).find(([other]) => other === name)?.[1] ?? `${at}` }),
      refused,
    ],
  ),
  ['a nonce, which nobody asked for', (w) => w.proof({ nonce: 'n' }), accepted],
  ['X12 a nonce that is a number', (w) => w.proof({ nonce: 7 }), refused],
]

const address = (change: (right: string) => string, outcome: string, name: string): ProofCase => [
  `htu ${name}`,
  (w) => w.proof({ htu: change(`${w.base}/reports`) }),
  outcome,
]

const addresses: ProofCase[] = [
  address((u) => `${u}?page=2`, accepted, 'with a query'),
  address((u) => `${u}#top`, accepted, 'with a fragment'),
  address((u) => `${u}?a={b|c}%`, accepted, 'with a query that a strict parser would refuse'),
  address((u) => u.replace('https:', 'HTTPS:'), accepted, 'with its scheme in capitals'),
  address(
    (u) => u.replace('reports.example.com', 'Reports.Example.COM'),
    accepted,
    'with its host in capitals',
  ),
  address((u) => u.replace('.com/', '.com:443/'), accepted, 'with its default port'),
  address((u) => u.replace(/\/reports$/, '/x/../reports'), accepted, 'with dot segments'),
  address((u) => u.replace(/\/reports$/, '/%72eports'), accepted, 'percent-encoded'),
  address((u) => u.replace(/\/reports$/, '/Reports'), refused, 'with its path in capitals'),
  address((u) => `${u}/`, refused, 'with a slash more'),
  address((u) => u.replace(/\/reports$/, '//reports'), refused, 'with two slashes'),
  address((u) => u.replace(/\/reports$/, ''), refused, 'without its path'),
  address((u) => u.replace(/\/reports$/, '/export'), refused, 'of another path'),
  address((u) => u.replace(/\/reports$/, '%2Freports'), refused, 'with its slash percent-encoded'),
  address((u) => u.replace('https:', 'http:'), refused, 'of another scheme'),
  address((u) => u.replace('.com/', '.com:8443/'), refused, 'of another port'),
  address((u) => u.replace('reports.', 'billing.'), refused, 'of another service'),
  address((u) => u.replace('.com/', '.com.evil.example/'), refused, 'of a host that begins alike'),
  address((u) => u.replace('.com/', '.com./'), refused, 'with a dot behind its host'),
  address((u) => u.replace('//', '//user@'), refused, 'with user information'),
  address((u) => u.replace('.com/', '.com@evil.example/'), refused, 'with our host as user information'),
  address((u) => u.replace('.com/', '.com\\/'), refused, 'with a backslash'),
  address((u) => u.replace('e', 'е'), refused, 'with a letter that looks alike'),
  address((u) => ` ${u}`, refused, 'with a blank before'),
  address((u) => `${u}\0`, refused, 'with a NUL behind'),
  address((u) => u.replace('https://', 'https:/'), refused, 'with a slash less'),
  address((u) => u.replace('https:', ''), refused, 'without a scheme'),
  address(() => '/reports', refused, 'relative'),
  address(() => '', refused, 'empty'),
]

/** Requests whose own address is odd: what a browser sends of it is what the proof is compared with. */
const requests: Case[] = [
  ...[
    '/reports?page=2',
    '/reports?access=x&q=%2F..%2F',
    '/reports?filter={"a":[1,2]}|^`',
    '/reports?q=100%',
    '/reports?q=%zz',
    `/reports?q=${'x'.repeat(5_000)}`,
    '/reports?',
    '/reports?htu=https://evil.example/other',
  ].map(
    (path): Case => [
      `a request to ${path.slice(0, 40)}`,
      (w) => showing(w.token, w.proof(), { path }),
      accepted,
    ],
  ),
  ['a request with another method', (w) => showing(w.token, w.proof(), { method: 'POST' }), refused],
  [
    'a request with a method that the proof names',
    (w) => showing(w.token, w.proof({ htm: 'POST' }), { method: 'POST' }),
    accepted,
  ],
  ['a request to another path', (w) => showing(w.token, w.proof(), { path: '/visits' }), refused],
  ['a request to the root', (w) => showing(w.token, w.proof({ htu: w.base }), { path: '/' }), accepted],
  ['a request with another token of the same key', (w) => showing(w.otherToken, w.proof()), refused],
  [
    'a request that shows its token as dpop',
    (w) => ({
      headers: [
        ['Authorization', `dpop ${w.token}`],
        ['dpop', w.proof()],
      ],
    }),
    accepted,
  ],
]

const oct = { kty: 'oct', k: 'a2V5' }
const headerOf = (w: Workshop) => ({ typ: 'dpop+jwt', alg: 'ES256', jwk: w.key.jwk })
const signEd = (input: string) => sign(null, Buffer.from(input), ed25519.privateKey)

/** The second proof's claims under the first one's header and signature. */
function swapClaims(one: string, other: string): string {
  const [first, , signature] = one.split('.')
  return [first, other.split('.')[1], signature].join('.')
}

export const cases: Case[] = [
  ...[...form, ...header, ...claims, ...addresses].map(
    ([name, make, outcome]): Case => [name, (w) => showing(w.token, make(w)), outcome],
  ),
  ...requests,
]
