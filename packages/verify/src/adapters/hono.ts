import type { MiddlewareHandler } from 'hono'
import { VerifyError } from '../error.ts'
import { toResponse } from '../request/answer.ts'
import { assertRequirements, type Requirements } from '../request/requirements.ts'
import type { Verified } from '../token/verified.ts'
import type { Verifier } from '../verifier.ts'

/**
 * Hono middleware: only verified requests go on, with `c.get('auth')` saying who calls. Others are answered with
 * 400, 401, 403 or 503, `WWW-Authenticate` and `{ error, error_description }`.
 *
 * @throws TypeError, at once, for requirements that could not be enforced
 */
export function protect(
  verifier: Verifier,
  requirements: Requirements = {},
): MiddlewareHandler<{ Variables: { auth: Verified } }> {
  assertRequirements(requirements)
  return async (c, next) => {
    try {
      c.set('auth', await verifier.verify(c.req.raw, requirements))
    } catch (error) {
      if (error instanceof VerifyError) return toResponse(error)
      throw error
    }
    await next()
    return undefined
  }
}
