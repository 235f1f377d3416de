import { isUtf8 } from 'node:buffer'
import { decodeBase64url } from './base64url.ts'

export type JsonObject = { readonly [member: string]: unknown }

/** A JWS in compact serialization (RFC 7515 section 7.1), taken apart; nothing of it has been verified. */
export type CompactJws = {
  readonly header: JsonObject
  readonly payload: JsonObject
  /** What the signature covers: the first two segments with the dot between them. */
  readonly signingInput: string
  readonly signature: Buffer
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The segments of a compact JWS as they stand. */
export type Segments = {
  readonly header: string
  readonly payload: string
  readonly signature: string
  readonly signingInput: string
}

/** Cuts a text at its first two dots, or answers `undefined` where there are none. */
export function splitCompact(jws: string): Segments | undefined {
  const first = jws.indexOf('.')
  const second = jws.indexOf('.', first + 1)
  if (first < 1 || second < 0) return undefined
  return {
    header: jws.slice(0, first),
    payload: jws.slice(first + 1, second),
    signature: jws.slice(second + 1),
    signingInput: jws.slice(0, second),
  }
}

/**
 * Takes a compact JWS apart, or answers `undefined`: three segments of canonical base64url, of which the first two hold
 * JSON objects in UTF-8. The third is never one with a dot in it, so
 * a JWE, of five segments, is none. The caller bounds the length beforehand.
 */
export function parseCompact(jws: string): CompactJws | undefined {
  const segments = splitCompact(jws)
  const header = segments && parseObject(segments.header)
  const payload = header && parseObject(segments.payload)
  const signature = payload && parseSignature(segments.signature)
  return signature && { header, payload, signingInput: segments.signingInput, signature }
}

/** The third segment: not empty. */
export function parseSignature(segment: string): Buffer | undefined {
  const signature = decodeBase64url(segment)
  return signature?.length === 0 ? undefined : signature
}

/** A segment that holds a JSON object. */
export function parseObject(segment: string): JsonObject | undefined {
  const bytes = decodeBase64url(segment)
  if (!bytes || !isUtf8(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
