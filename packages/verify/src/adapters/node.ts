import type { IncomingMessage, ServerResponse } from 'node:http'
import { VerifyError } from '../error.ts'
import { answerFor } from '../request/answer.ts'
import { assertRequirements, type Requirements } from '../request/requirements.ts'
import type { Verified } from '../token/verified.ts'
import type { Verifier } from '../verifier.ts'

/**
 * Wraps a `node:http` handler: it runs for verified requests only, with who calls as its third argument. Others are
 * answered with 400, 401, 403 or 503, `WWW-Authenticate` and `{ error, error_description }`.
 *
 * What the handler throws is nobody's here, as without the wrapper.
 *
 * @throws TypeError, at once, for requirements that could not be enforced
 */
export function protect(
  verifier: Verifier,
  handler: (req: IncomingMessage, res: ServerResponse, auth: Verified) => unknown,
  requirements: Requirements = {},
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  assertRequirements(requirements)
  return async (req, res) => {
    let auth: Verified
    try {
      auth = await verifier.verify(req, requirements)
    } catch (error) {
      const { status, headers, body } = answer(error)
      res.writeHead(status, headers).end(body)
      return
    }
    await handler(req, res, auth)
  }
}

function answer(error: unknown) {
  if (error instanceof VerifyError) return answerFor(error)
  return { status: 500, headers: { 'content-type': 'application/json' }, body: '{"error":"server_error"}' }
}
