import { ApiError } from '../errors.ts'
import { readText } from './form.ts'

/**
 * The named members of a JSON body, each a text. Others are ignored.
 * @throws ApiError `invalid_request`
 */
export async function readJson<Name extends string>(
  request: Request,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const body = await readObject(request)
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = body[name]
    if (typeof value !== 'string' || value === '') throw invalid(`${name} must be a text.`)
    found[name] = value
  }
  // Every name was set or thrown at.
  return found as Record<Name, string>
}

/**
 * A JSON body with whatever members it has, none of them looked at yet.
 * @throws ApiError `invalid_request`
 */
export async function readObject(request: Request): Promise<Partial<Record<string, unknown>>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw invalid('The body must be application/json.')
  const text = await readText(request)
  try {
    const body: unknown = JSON.parse(text)
    // Without a prototype: what is not there is not inherited either.
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { __proto__: null, ...body }
  } catch {
    // Not JSON: the same to the caller.
  }
  throw invalid('The body must be a JSON object.')
}

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })
