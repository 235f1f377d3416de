import { ApiError } from '../errors.ts'

/** The largest form taken, in bytes. A journey's parameters fit many times. */
const mostFormBytes = 32_768

const invalid = (status: number, description: string) =>
  new ApiError('invalid_request', { status, description })

/**
 * The body of a form POST. Nothing else is a form: no JSON, no multipart, no text.
 * @throws ApiError `invalid_request`
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw invalid(400, 'The body must be application/x-www-form-urlencoded.')
  }
  return new URLSearchParams(await readText(request))
}

/** A body of at most 32 KiB. @throws ApiError `invalid_request` */
export async function readText(request: Request): Promise<string> {
  if (request.bodyUsed) throw new TypeError('the body was read before the request came here')
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > mostFormBytes) throw tooLarge()
  try {
    return declared === null ? await readCounting(request) : await request.text()
  } catch (error) {
    if (error instanceof ApiError) throw error
    // Whoever sent it hung up: no failure of ours.
    throw new ApiError('invalid_request', {
      status: 400,
      description: 'The body did not come to its end.',
      cause: error,
    })
  }
}

/** Chunked: counted as it comes. */
async function readCounting(request: Request): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > mostFormBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLarge = () => invalid(413, 'The body is too large.')

/** A name that appears twice (RFC 6749 section 3.1). */
export function hasRepeated(params: URLSearchParams, repeatable?: string): boolean {
  const seen = new Set<string>()
  for (const name of params.keys()) {
    if (name !== repeatable && seen.has(name)) return true
    seen.add(name)
  }
  return false
}

/** The query of a request, whatever host it names. */
export const queryOf = (request: Request): URLSearchParams => new URL(request.url).searchParams
