/** Something answered, and not with what was asked for. */
export class UnexpectedAnswer extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.name = 'UnexpectedAnswer'
    this.status = status
  }
}

/**
 * Fetches a JSON document in bounded time and memory.
 *
 * @throws UnexpectedAnswer; whatever `fetch` throws
 */
export async function fetchJson(
  uri: string,
  init: RequestInit,
  options: { fetch: typeof globalThis.fetch; timeoutMs: number; maxBytes: number; stop?: AbortSignal },
): Promise<{ body: unknown; headers: Headers }> {
  const { fetch, timeoutMs, maxBytes, stop } = options
  const abort = new AbortController()
  const end = () => abort.abort(stop?.reason)
  stop?.addEventListener('abort', end)
  const timer = setTimeout(() => abort.abort(new Error('the answer took too long')), timeoutMs)
  try {
    const response = await fetch(uri, { ...init, signal: abort.signal })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new UnexpectedAnswer(`answered with status ${response.status}`, response.status)
    }
    return { body: parse(await readText(response, maxBytes)), headers: response.headers }
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', end)
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop early cancels the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new UnexpectedAnswer('the answer is too large', 200)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnexpectedAnswer('the answer is not JSON', 200)
  }
}
