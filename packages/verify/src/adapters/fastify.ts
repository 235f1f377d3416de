import type { FastifyReply, FastifyRequest } from 'fastify'
import { VerifyError } from '../error.ts'
import { answerFor } from '../request/answer.ts'
import { assertRequirements, type Requirements } from '../request/requirements.ts'
import type { Verified } from '../token/verified.ts'
import type { Verifier } from '../verifier.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set by `protect` for verified requests, absent on all others. */
    auth?: Verified
  }
}

/**
 * A Fastify hook, for `onRequest`: only verified requests go on, with `request.auth` saying who calls. Others are
 * answered with 400, 401, 403 or 503, `WWW-Authenticate` and `{ error, error_description }`.
 *
 * @throws TypeError, at once, for requirements that could not be enforced
 */
export function protect(
  verifier: Verifier,
  requirements: Requirements = {},
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  assertRequirements(requirements)
  return async (request, reply) => {
    try {
      request.auth = await verifier.verify(request.raw, requirements)
      return undefined
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error
      const { status, headers, body } = answerFor(error)
      return reply.code(status).headers(headers).send(body)
    }
  }
}
