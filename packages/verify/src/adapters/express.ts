import type { RequestHandler } from 'express'
import { VerifyError } from '../error.ts'
import { answerFor } from '../request/answer.ts'
import { assertRequirements, type Requirements } from '../request/requirements.ts'
import type { Verified } from '../token/verified.ts'
import type { Verifier } from '../verifier.ts'

declare global {
  namespace Express {
    interface Request {
      /** Who calls; set by `protect` for verified requests, absent on all others. */
      auth?: Verified
    }
  }
}

/**
 * Express middleware (4 and 5): only verified requests go on, with `req.auth` saying who calls. Others are answered with
 * 400, 401, 403 or 503, `WWW-Authenticate` and `{ error, error_description }`.
 *
 * @throws TypeError, at once, for requirements that could not be enforced
 */
export function protect(verifier: Verifier, requirements: Requirements = {}): RequestHandler {
  assertRequirements(requirements)
  return async (req, res, next) => {
    try {
      req.auth = await verifier.verify(req, requirements)
    } catch (error) {
      // Without an error, or with `'route'`, `next` would go on: to Express those are no failures.
      if (!(error instanceof Error)) return next(new Error('the request was not verified', { cause: error }))
      if (!(error instanceof VerifyError)) return next(error)
      const { status, headers, body } = answerFor(error)
      res.status(status).set(headers).end(body)
      return
    }
    next()
  }
}
