import type { Reply } from './connections.ts'

/** A reply and how many bytes it took. */
export interface Read {
  reply: Reply
  length: number
}

/**
 * Reads one HTTP/1.1 response (RFC 9112) from what a connection has received so far, a character a byte. Undefined
 * while it is not whole. Throws on what these servers do not send: a body that ends with the connection.
 */
export function readReply(received: string): Read | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = received.slice(0, end).split('\r\n')
  const headers: Record<string, string> = {}
  const setCookies: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'set-cookie') setCookies.push(value)
    else headers[name] = value
  }
  const status = Number(first.slice(9, 12))
  const body = readBody(received, end + 4, status, headers)
  return body && { reply: { status, headers, setCookies, body: decode(body.text) }, length: body.end }
}

interface Body {
  text: string
  /** Where it ends in what was received. */
  end: number
}

function readBody(
  received: string,
  start: number,
  status: number,
  headers: Record<string, string>,
): Body | undefined {
  if (status === 204 || status === 304) return { text: '', end: start }
  if (headers['transfer-encoding'] === 'chunked') return readChunks(received, start)
  const length = headers['content-length']
  if (length === undefined) throw new Error(`${status} with neither a length nor chunks`)
  const end = start + Number(length)
  return received.length < end ? undefined : { text: received.slice(start, end), end }
}

/** RFC 9112 section 7.1; no trailers. */
function readChunks(received: string, start: number): Body | undefined {
  let text = ''
  for (let at = start; ; ) {
    const line = received.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(received.slice(at, line), 16)
    const end = line + 2 + size + 2
    if (received.length < end) return undefined
    if (size === 0) return { text, end }
    text += received.slice(line + 2, end - 2)
    at = end
  }
}

const decode = (text: string): string =>
  /[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString() : text
