import { createHmac } from 'node:crypto'
import type { FakeProvider } from '../provider.ts'

export const secret = 'test-secret-that-is-no-secret'
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
/** When it is. */
export const seconds = 1_800_000_000
let count = 0

export interface Sent {
  /** Of the client. Default: `secret`. */
  consumerSecret?: string
  /** Of the header; undefined removes. */
  header?: Record<string, string | undefined>
  form?: Record<string, string>
  tokenSecret?: string
  method?: string
  /** Instead of the right one. */
  signature?: string
  makes?: (base: string, key: string) => string
}

/** A client by the book (RFC 5849 section 3), on its own. */
export function send(provider: FakeProvider, address: string, sent: Sent = {}): Promise<Response> {
  const { form = {}, tokenSecret = '', method = 'POST', consumerSecret = secret } = sent
  const url = new URL(address)
  const header: Record<string, string> = {}
  for (const [name, value] of Object.entries({
    oauth_consumer_key: 'test-client',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(seconds),
    oauth_nonce: `n${++count}`,
    ...sent.header,
  })) {
    if (value !== undefined) header[name] = value
  }
  const pairs = [...url.searchParams, ...Object.entries(form), ...Object.entries(header)]
  // A blank is below whatever an encoded name consists of: `a=1` comes before `a%20b=1`.
  const sorted = pairs.map(([name, value]) => `${encode(name)} ${encode(value)}`).sort()
  const base = [method, url.origin + url.pathname, sorted.join('&').replaceAll(' ', '=')]
    .map(encode)
    .join('&')
  const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`
  const hmac = () => createHmac('sha1', key).update(base).digest('base64')
  const signature = sent.signature ?? sent.makes?.(base, key) ?? hmac()
  const all = Object.entries({ ...header, oauth_signature: signature })
  return provider.fetch(url, {
    method,
    headers: {
      authorization: `OAuth ${all.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`,
    },
    ...(Object.keys(form).length > 0 && { body: new URLSearchParams(form) }),
  })
}

/** A form, and the status. */
export const fields = async (response: Promise<Response>) => {
  const answer = await response
  return { status: answer.status, ...Object.fromEntries(new URLSearchParams(await answer.text())) }
}
