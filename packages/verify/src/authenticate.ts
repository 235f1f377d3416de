import {
  constants,
  createPrivateKey,
  type KeyObject,
  randomBytes,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto'
import { text } from './option.ts'

/** What makes one request this service's. */
export type Authenticate = (now: number) => {
  readonly headers: { readonly [name: string]: string }
  readonly params: { readonly [name: string]: string }
}

/** As long as clocks may differ, in both directions: Latchkey tolerates half a minute and takes at most a minute ahead. */
const assertionSeconds = 30

/**
 * Authenticates by `client_secret_basic` (RFC 6749 section 2.3.1) or `private_key_jwt` (RFC 7523): a fresh assertion for each
 * request, with the issuer as its one audience.
 *
 * @throws TypeError naming the option
 */
export function createAuthenticate(
  options: {
    readonly id: string
    readonly secret?: string
    readonly privateKey?: { readonly [member: string]: unknown }
  },
  issuer: string,
  /** What the options' names begin with, for complaints: `revocations.` */
  prefix = '',
): Authenticate {
  const { secret, privateKey } = options
  const id = text(`${prefix}id`, options.id)
  if ((secret === undefined) === (privateKey === undefined)) {
    throw new TypeError(`there must be either ${prefix}secret or ${prefix}privateKey`)
  }
  if (privateKey === undefined) {
    const pair = `${formEncoded(id)}:${formEncoded(text(`${prefix}secret`, secret))}`
    const headers = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
    return () => ({ headers, params: {} })
  }
  const signer = createSigner(privateKey, prefix)
  const header = encoded({
    typ: 'JWT',
    alg: signer.alg,
    ...(signer.kid === undefined ? {} : { kid: signer.kid }),
  })
  return (now) => {
    const iat = Math.floor(now / 1000)
    const claims = {
      iss: id,
      sub: id,
      aud: issuer,
      jti: randomBytes(16).toString('base64url'),
      iat,
      exp: iat + assertionSeconds,
    }
    const input = `${header}.${encoded(claims)}`
    return {
      headers: {},
      params: {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${input}.${signer.sign(Buffer.from(input)).toString('base64url')}`,
      },
    }
  }
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const formEncoded = (part: string): string => new URLSearchParams({ '': part }).toString().slice(1)

type Signer = { readonly alg: string; readonly kid: string | undefined; sign(input: Buffer): Buffer }
type Signature = { readonly hash: string | null; readonly how: Omit<SignKeyObjectInput, 'key'> }

const ecdsa = { dsaEncoding: 'ieee-p1363' } as const
const signatures = new Map<string, Signature>([
  ['ES256', { hash: 'sha256', how: ecdsa }],
  ['ES384', { hash: 'sha384', how: ecdsa }],
  ['EdDSA', { hash: null, how: {} }],
  ['PS256', { hash: 'sha256', how: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } }],
  ['RS256', { hash: 'sha256', how: {} }],
])

/** @throws TypeError without a cause: the messages of the crypto library may quote the key */
function createSigner(jwk: { readonly [member: string]: unknown }, prefix: string): Signer {
  const key = privateKeyOf(jwk)
  const alg = key && algorithmOf(key, jwk.alg)
  const signature = signatures.get(alg ?? '')
  if (key === undefined || alg === undefined || signature === undefined) {
    throw new TypeError(`${prefix}privateKey must be a private JWK on P-256, P-384 or Ed25519, or RSA`)
  }
  const { hash, how } = signature
  return {
    alg,
    kid: typeof jwk.kid === 'string' ? jwk.kid : undefined,
    sign: (input) => sign(hash, input, { ...how, key }),
  }
}

function privateKeyOf(jwk: { readonly [member: string]: unknown }): KeyObject | undefined {
  try {
    return createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** The curve's own; for RSA what the JWK says, PS256 when it says nothing. */
function algorithmOf(
  { asymmetricKeyType, asymmetricKeyDetails }: KeyObject,
  alg: unknown,
): string | undefined {
  if (asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (asymmetricKeyType === 'rsa') return alg === 'RS256' ? 'RS256' : 'PS256'
  if (asymmetricKeyType !== 'ec') return undefined
  const curve = asymmetricKeyDetails?.namedCurve
  if (curve === 'prime256v1') return 'ES256'
  return curve === 'secp384r1' ? 'ES384' : undefined
}
