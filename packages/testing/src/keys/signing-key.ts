import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, type JWK } from 'jose'

export type SigningAlgorithm = 'RS256' | 'ES256'

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  kid: string
  alg: SigningAlgorithm
  privateKey: KeyObject
  publicKey: KeyObject
  /** As published: `kid`, `alg`, `use` and the public members. */
  publicJwk: JWK
}

/** A private key as callers have it: a KeyObject, PKCS#8 in PEM, or a JWK. RSA makes RS256, EC P-256 makes ES256. */
export type PrivateKeyInput = KeyObject | string | JWK

const generate = promisify(generateKeyPair)

const algorithmOf = (key: KeyObject): SigningAlgorithm => {
  if (key.asymmetricKeyType === 'rsa') return 'RS256'
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256'
  throw new TypeError('The signing key must be an RSA or an EC P-256 private key')
}

const describe = async (privateKey: KeyObject): Promise<SigningKey> => {
  const alg = algorithmOf(privateKey)
  const publicKey = createPublicKey(privateKey)
  const jwk: JWK = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, alg, privateKey, publicKey, publicJwk: { ...jwk, kid, alg, use: 'sig' } }
}

/** @throws TypeError for any other kind of key */
export const importSigningKey = async (input: PrivateKeyInput): Promise<SigningKey> => {
  if (input instanceof KeyObject) return describe(input)
  if (typeof input === 'string') return describe(createPrivateKey(input))
  return describe(createPrivateKey({ key: { ...input }, format: 'jwk' }))
}

export const generateSigningKey = async (alg: SigningAlgorithm): Promise<SigningKey> => {
  const { privateKey } =
    alg === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-256' })
  return describe(privateKey)
}

/** The key pair of somebody who is not the provider; made only when a fault first needs it. */
export const generateStrangersKey = (like: SigningKey): SigningKey => {
  const { privateKey, publicKey } =
    like.alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk: JWK = publicKey.export({ format: 'jwk' })
  // The genuine kid: a relying party that takes its keys from the header must be caught by the key alone.
  const publicJwk: JWK = { ...jwk, kid: like.kid, alg: like.alg, use: 'sig' }
  return { kid: like.kid, alg: like.alg, privateKey, publicKey, publicJwk }
}
