/**
 * Decodes canonical base64url without padding (RFC 4648 section 5), or answers `undefined`.
 *
 * Node's own decoder takes padding, `+` and `/`, stray characters and non-zero trailing bits, so that several texts
 * stand for the same bytes; here exactly one does.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
