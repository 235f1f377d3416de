/** Unpadded base64url (RFC 4648 section 5). */
export const toBase64url = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString(
    'base64url',
  )

/**
 * Decodes canonical base64url only: Node's decoder skips what it does not know and ignores trailing bits, so
 * that many spellings name the same bytes. Undefined for every spelling but the one `toBase64url` writes.
 */
export function fromBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Whether a compact JWS is in its one spelling: libraries take padding and spare bits, so that one would have many. */
export const isCanonicalJws = (jws: string): boolean =>
  jws.split('.').every((part) => fromBase64url(part) !== undefined)
