import { isUtf8 } from 'node:buffer'
import { constants, type KeyObject, verify } from 'node:crypto'
import { fromBase64url } from '../sealing/index.ts'
import { type JsonObject, parseObject } from './json.ts'
import { nestsDeeper } from './net/json-depth.ts'

/** A compact JWS (RFC 7515 section 7.1), taken apart but not yet believed. */
export interface DecodedJws {
  header: JsonObject
  payload: JsonObject
  signingInput: string
  signature: Buffer
}

const maxJwsLength = 32 * 1024
const maxHeaderLength = 8 * 1024
const maxDepth = 32

/** Undefined for anything that is not three parts of canonical base64url with JSON objects in the first two. */
export function decodeJws(compact: string): DecodedJws | undefined {
  if (compact.length > maxJwsLength) return undefined
  const afterHeader = compact.indexOf('.')
  const afterPayload = compact.indexOf('.', afterHeader + 1)
  if (afterHeader < 1 || afterHeader > maxHeaderLength || afterPayload < 0) return undefined
  const header = objectOf(compact.slice(0, afterHeader))
  const payload = objectOf(compact.slice(afterHeader + 1, afterPayload))
  // A further dot is foreign to base64url, so five parts (a JWE) end here.
  const signature = fromBase64url(compact.slice(afterPayload + 1))
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  return { header, payload, signingInput: compact.slice(0, afterPayload), signature }
}

function objectOf(part: string): JsonObject | undefined {
  const bytes = fromBase64url(part)
  if (bytes === undefined || !isUtf8(bytes) || nestsDeeper(bytes, maxDepth)) return undefined
  return parseObject(bytes.toString())
}

interface Algorithm {
  kty: 'RSA' | 'EC' | 'OKP'
  crv?: string
  /** Of the signature; also what `at_hash` is made with. */
  hash: 'sha256' | 'sha384' | 'sha512'
  check: (data: Buffer, key: KeyObject, signature: Buffer) => boolean
}

type Hash = Algorithm['hash']

const pkcs1 = (hash: Hash): Algorithm => ({
  kty: 'RSA',
  hash,
  check: (data, key, signature) => verify(hash, data, key, signature),
})

const pss = (hash: Hash): Algorithm => ({
  kty: 'RSA',
  hash,
  check: (data, key, signature) =>
    verify(
      hash,
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
      signature,
    ),
})

const ecdsa = (hash: Hash, crv: string, bytes: number): Algorithm => ({
  kty: 'EC',
  crv,
  hash,
  check: (data, key, signature) =>
    signature.length === 2 * bytes && verify(hash, data, key, derOfConcatenated(signature, bytes)),
})

const ed25519: Algorithm = {
  kty: 'OKP',
  crv: 'Ed25519',
  hash: 'sha512',
  check: (data, key, signature) => verify(null, data, key, signature),
}

const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['RS256', pkcs1('sha256')],
  ['RS384', pkcs1('sha384')],
  ['RS512', pkcs1('sha512')],
  ['PS256', pss('sha256')],
  ['PS384', pss('sha384')],
  ['PS512', pss('sha512')],
  ['ES256', ecdsa('sha256', 'P-256', 32)],
  ['ES384', ecdsa('sha384', 'P-384', 48)],
  ['ES512', ecdsa('sha512', 'P-521', 66)],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
])

/** The asymmetric signature algorithms there are (RFC 7518, RFC 8037, RFC 9864); undefined for all others. */
export const signatureAlgorithm = (alg: string): Algorithm | undefined => algorithms.get(alg)

/** Synchronous: a thread pool round trip costs more than the check. */
export function verifyJws(jws: DecodedJws, alg: string, key: KeyObject): boolean {
  const algorithm = algorithms.get(alg)
  if (algorithm === undefined) return false
  return algorithm.check(Buffer.from(jws.signingInput, 'latin1'), key, jws.signature)
}

/**
 * JWS concatenates r and s (RFC 7518 section 3.4), OpenSSL wants them as a DER sequence of two integers. Doing
 * this by hand is half again as fast as asking Node for `ieee-p1363`.
 */
function derOfConcatenated(signature: Buffer, bytes: number): Buffer {
  const r = derInteger(signature.subarray(0, bytes))
  const s = derInteger(signature.subarray(bytes))
  const length = r.length + s.length
  const head = length < 128 ? [0x30, length] : [0x30, 0x81, length]
  return Buffer.concat([Buffer.from(head), r, s])
}

function derInteger(value: Buffer): Buffer {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start++
  const digits = value.subarray(start)
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.concat([Buffer.from([0x02, digits.length + sign.length, ...sign]), digits])
}
