import { fault, outage } from './failures.ts'
import { type JsonObject, parseObject } from './json.ts'
import type { GuardedResponse } from './net/guarded-fetch.ts'

/** The media type alone, in lower case: no parameters; empty when there is none. */
export function mediaType(response: GuardedResponse): string {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
  return type.trim().toLowerCase()
}

/** `application/json` or a type built on it (RFC 6839 section 3.1), such as `application/jwk-set+json`. */
export const isJsonType = (type: string): boolean =>
  type === 'application/json' || /^application\/[a-z0-9.-]+\+json$/.test(type)

/**
 * Turns a 5xx into the outage it is.
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`
 */
function refuseServerError(response: GuardedResponse): void {
  if (response.status >= 500) throw outage('provider_5xx', { detail: `status ${response.status}` })
}

/**
 * The text of a 200 answer of a JSON type, or with `anyType` of whatever type; `what` begins the reasons.
 * @throws UpstreamError `provider_5xx`, `{what}_status`, `{what}_not_json`
 */
export async function okText(
  response: GuardedResponse,
  what: string,
  { anyType = false }: { anyType?: boolean } = {},
): Promise<string> {
  refuseServerError(response)
  if (response.status !== 200) throw fault(`${what}_status`, { detail: `status ${response.status}` })
  if (!anyType && !isJsonType(mediaType(response))) {
    throw fault(`${what}_not_json`, { detail: mediaType(response).slice(0, 100) })
  }
  return response.text()
}

/**
 * The object in such an answer.
 * @throws UpstreamError as `okText`
 */
export async function jsonBody(response: GuardedResponse, what: string): Promise<JsonObject> {
  const body = parseObject(await okText(response, what))
  if (body === undefined) throw fault(`${what}_not_json`)
  return body
}
