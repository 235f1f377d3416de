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

/**
 * Takes a compact JWS apart, or answers `undefined`: three segments of canonical base64url, of which the first two hold
 * JSON objects in UTF-8. The third is never one with a dot in it, so
 * a JWE, of five segments, is none. The caller bounds the length beforehand.
 */
export function parseCompact(jws: string): CompactJws | undefined {
  const first = jws.indexOf('.')
  const second = jws.indexOf('.', first + 1)
  if (first < 1 || second < 0) return undefined
  const header = parseObject(jws.slice(0, first))
  const payload = header && parseObject(jws.slice(first + 1, second))
  const signature = payload && decodeBase64url(jws.slice(second + 1))
  if (!signature || signature.length === 0) return undefined
  return { header, payload, signingInput: jws.slice(0, second), signature }
}

function parseObject(segment: string): JsonObject | undefined {
  const bytes = decodeBase64url(segment)
  if (!bytes || !isUtf8(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
