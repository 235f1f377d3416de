const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same bytes to a lenient decoder: only bits of the last character that no byte is made of differ. */
export function otherTrailingBits(base64url: string): string {
  return base64url.slice(0, -1) + alphabet[alphabet.indexOf(base64url.slice(-1)) ^ 1]
}

/** The same bytes in the alphabet of RFC 4648 section 4, of base64url that has "-" or "_" in it. */
export const inPlainAlphabet = (base64url: string): string =>
  base64url.replaceAll('-', '+').replaceAll('_', '/')

/**
 * Every other spelling of a base64url value, by name: what a lenient decoder takes for the same bytes, or very nearly.
 * Those that are not to be had of this value are left out.
 */
export function otherSpellings(value: string): [name: string, spelling: string][] {
  const all: [string, string][] = [
    ['one character more', `${value}1`],
    ['padding', `${value}=`],
    ['full padding', value.padEnd(Math.ceil(value.length / 4) * 4, '=')],
    ['plain base64', inPlainAlphabet(value)],
    ['a blank before', ` ${value}`],
    ['a blank behind', `${value} `],
    ['a line end behind', `${value}\n`],
    ['a blank within', `${value.slice(0, 5)} ${value.slice(5)}`],
    ['a NUL behind', `${value}\0`],
    ['a character of nobody', `${value.slice(0, 5)}!${value.slice(5)}`],
    ['one character less', value.slice(0, -1)],
    ['other trailing bits', value.length % 4 === 0 ? value : otherTrailingBits(value)],
  ]
  return all.filter(([, spelling]) => spelling !== value)
}

/** Those that a header cannot tell from the value itself: blanks and line ends are taken off both ends (Fetch, HTTP). */
export const trimmedInHeaders: ReadonlySet<string> = new Set([
  'a blank before',
  'a blank behind',
  'a line end behind',
])
