/**
 * The bytes of a base64url text, or undefined when it is not the one canonical spelling (RFC 4648 section 3.5):
 * no padding, no foreign characters, no stray trailing bits. Node's decoder is content with all of these.
 */
export function fromCanonicalBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
