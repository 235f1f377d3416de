/** Something answered, and not with what was asked for. */
export class UnexpectedAnswer extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.name = 'UnexpectedAnswer'
    this.status = status
  }
}

export interface FetchLimits {
  fetch: typeof globalThis.fetch
  timeoutMs: number
  maxBytes: number
  stop?: AbortSignal
}

/** What was answered, whatever the status. `text` is bounded. */
export interface TextAnswer {
  status: number
  headers: Headers
  text: string
}

/**
 * Fetches a JSON document in bounded time and memory.
 *
 * @throws UnexpectedAnswer; whatever `fetch` throws
 */
export async function fetchJson(
  uri: string,
  init: RequestInit,
  limits: FetchLimits,
): Promise<{ body: unknown; headers: Headers }> {
  return bounded(limits, async (signal) => {
    const response = await limits.fetch(uri, { ...init, signal })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new UnexpectedAnswer(`answered with status ${response.status}`, response.status)
    }
    return { body: parseJson(await readText(response, limits.maxBytes)), headers: response.headers }
  })
}

/**
 * Fetches an answer that may be an error with a body, in bounded time and memory.
 *
 * @throws UnexpectedAnswer when it is too large; whatever `fetch` throws
 */
export async function fetchText(uri: string, init: RequestInit, limits: FetchLimits): Promise<TextAnswer> {
  return bounded(limits, async (signal) => {
    const response = await limits.fetch(uri, { ...init, signal })
    const { status, headers } = response
    return { status, headers, text: await readText(response, limits.maxBytes) }
  })
}

async function bounded<T>(
  { timeoutMs, stop }: FetchLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const end = () => abort.abort(stop?.reason)
  stop?.addEventListener('abort', end)
  const timer = setTimeout(() => abort.abort(new Error('the answer took too long')), timeoutMs)
  try {
    return await work(abort.signal)
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', end)
  }
}

/** @throws UnexpectedAnswer when it is too large */
export async function readText(response: Response, maxBytes: number): Promise<string> {
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

/** @throws UnexpectedAnswer */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnexpectedAnswer('the answer is not JSON', 200)
  }
}
