/** A parameter as it stands in a signature base string: name and value encoded. */
export type Parameter = readonly [name: string, value: string]

const unreserved = /^[A-Za-z0-9\-._~]$/

const octets = Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet)
  return unreserved.test(character) ? character : `%${octet.toString(16).toUpperCase().padStart(2, '0')}`
})

/** RFC 5849 section 3.6: UTF-8, and everything but unreserved characters as `%XX` in upper case. */
export function percentEncode(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text
  let encoded = ''
  for (const byte of bytes) encoded += octets[byte]
  return encoded
}

export const parameter = (name: string, value: string): Parameter => [
  percentEncode(name),
  percentEncode(value),
]

/**
 * The parameters of a query or form as it is sent (section 3.4.1.3.1), without `?`. Octet by octet: what is no UTF-8 is
 * signed as it is, too.
 */
export const parametersIn = (encoded: string): Parameter[] =>
  encoded
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [recode(pair), ''] : [recode(pair.slice(0, at)), recode(pair.slice(at + 1))]
    })

/** From the encoding of forms to that of signatures. */
function recode(part: string): string {
  const spaced = Buffer.from(part.replaceAll('+', ' '), 'utf8').toString('latin1')
  const decoded = spaced.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return percentEncode(Buffer.from(decoded, 'latin1'))
}
