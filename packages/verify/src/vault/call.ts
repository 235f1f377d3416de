import {
  type FetchLimits,
  fetchText,
  parseJson,
  readText,
  type TextAnswer,
  UnexpectedAnswer,
} from '../fetch-json.ts'
import { isJsonObject, type JsonObject } from '../jws/compact.ts'
import { VaultError, type VaultErrorDetails } from './error.ts'

export type Call = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string | URLSearchParams
}

const maxBytes = 1024 * 1024
const longestWaitSeconds = 3600

/**
 * One call of Latchkey, in bounded time and memory, following no redirect: what it carries is for that address alone.
 *
 * @throws VaultError
 */
export async function callLatchkey(call: Call, limits: Omit<FetchLimits, 'maxBytes'>): Promise<JsonObject> {
  const answer = await send(call, limits)
  const body = bodyOf(answer)
  if (answer.status === 200 && body !== undefined) return body
  throw refusal(answer, body)
}

async function send(
  { method, url, headers, body }: Call,
  limits: Omit<FetchLimits, 'maxBytes'>,
): Promise<TextAnswer> {
  try {
    return await fetchText(
      url,
      {
        method,
        headers: { accept: 'application/json', ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      },
      { ...limits, maxBytes },
    )
  } catch (cause) {
    throw new VaultError(
      cause instanceof UnexpectedAnswer ? 'unexpected_answer' : 'temporarily_unavailable',
      {
        cause,
      },
    )
  }
}

function bodyOf({ text }: TextAnswer): JsonObject | undefined {
  try {
    const body = parseJson(text)
    return isJsonObject(body) ? body : undefined
  } catch {
    return undefined
  }
}

/** What Latchkey's own answer means where it is not the one that was asked for. Reads it to its end. */
export async function refusalOf(response: Response): Promise<VaultError> {
  const { status, headers } = response
  const answer = { status, headers, text: await readText(response, maxBytes).catch(() => '') }
  return refusal(answer, bodyOf(answer))
}

/** Both what the status says and what the body says count: a proxy's 403 is not Latchkey's. */
function refusal({ status, headers }: TextAnswer, body: JsonObject | undefined): VaultError {
  const said = (member: string) => (typeof body?.[member] === 'string' ? body[member] : undefined)
  const error = said('error')
  const details: VaultErrorDetails = { requestId: said('request_id'), reason: said('reason') }
  if (status === 429 || status === 503 || status === 502 || status === 504) {
    return new VaultError('temporarily_unavailable', {
      ...details,
      retryAfterSeconds: waitOf(headers.get('retry-after')),
    })
  }
  if (status === 409 && error === 'needs_reconnect') return new VaultError('needs_reconnect', details)
  if (status === 403 && error === 'access_denied') return new VaultError('access_denied', details)
  if (status === 404 && error === 'not_found') return new VaultError('no_connection', details)
  if (status === 400 && error === 'unsupported_token_type') {
    return new VaultError('unsupported_token_type', details)
  }
  if (error === 'invalid_client' || (status === 401 && error === 'invalid_token')) {
    return new VaultError('unauthenticated', details)
  }
  if (status >= 500) return new VaultError('temporarily_unavailable', details)
  return new VaultError('unexpected_answer', {
    ...details,
    cause: new UnexpectedAnswer(`answered with status ${status}`, status),
  })
}

const waitOf = (header: string | null): number | undefined =>
  header !== null && /^\d{1,9}$/.test(header) ? Math.min(Number(header), longestWaitSeconds) : undefined
