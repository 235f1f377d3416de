// A second signer, written from RFC 5849 in another way, has to come to the same.
import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { baseString } from './base-string.ts'
import { parameter } from './encoding.ts'

/** By way of the platform's parsers and of strings, where ours goes by octets. */
function secondOpinion(method: string, address: string, form: string, header: [string, string][]): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  const url = new URL(address)
  const pairs = [...url.searchParams, ...new URLSearchParams(form), ...header].map(([name, value]) =>
    [encode(name), encode(value)].join('\u0001'),
  )
  // U+0001 is below whatever an encoded name consists of: one sort does both.
  const joined = pairs
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((pair) => pair.replace('\u0001', '='))
  return `${method}&${encode(`${url.origin}${url.pathname}`)}&${encode(joined.join('&'))}`
}

/** Numbers in [0, below), the same in every run. */
function dice(seed: string) {
  let block = Buffer.alloc(0)
  let count = 0
  return (below: number): number => {
    if (block.length < 4) block = createHmac('sha256', seed).update(String(count++)).digest()
    const drawn = block.readUInt32BE()
    block = block.subarray(4)
    return drawn % below
  }
}

const alphabet = [
  ...'abAB019-._~ +&=%?/:#"\'!*(),;@$[]{}<>\\^`|',
  ...['\u00fc', '\u20ac', '\u{1f600}', '\u0000', '\n', '\u0001', '%20', '%2B', 'oauth_', 'a3'],
]

it('makes the base string that a second implementation makes, for 1,000 requests', () => {
  const roll = dice('oauth1')
  const text = (most: number) =>
    Array.from({ length: roll(most + 1) }, () => alphabet[roll(alphabet.length)] ?? '').join('')
  const pairs = (most: number) =>
    Array.from({ length: roll(most + 1) }, (): [string, string] => [text(3), text(5)])
  for (let run = 0; run < 1_000; run++) {
    const method = ['GET', 'POST', 'PUT', 'DELETE'][roll(4)] ?? 'GET'
    const origin = ['https://api.example.com', 'https://api.example.com:8443', 'http://127.0.0.1:80'][roll(3)]
    const query = new URLSearchParams(pairs(4)).toString().replaceAll('+', roll(2) === 0 ? '+' : '%20')
    const url = new URL(`${origin}/${encodeURIComponent(text(6))}${query === '' ? '' : `?${query}`}`)
    const form = new URLSearchParams(pairs(4)).toString()
    const header = pairs(3)
    expect(
      baseString(
        { method, url, form },
        header.map(([name, value]) => parameter(name, value)),
      ),
      url.href,
    ).toBe(secondOpinion(method, url.href, form, header))
  }
})
