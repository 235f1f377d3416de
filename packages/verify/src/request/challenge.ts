import { refusalFor, VerifyError, type VerifyReason } from '../error.ts'
import type { Algorithm } from '../jws/algorithm.ts'
import type { Requirements } from './requirements.ts'

export type Scheme = 'Bearer' | 'DPoP'

/** Makes the errors of one verifier: each with the `WWW-Authenticate` that its reason calls for. */
export type Challenger = (
  reason: VerifyReason,
  about?: { scheme?: Scheme | undefined; requirements?: Requirements | undefined; cause?: unknown },
) => VerifyError

/**
 * Challenges as RFC 6750 section 3, RFC 9449 section 7.1 and RFC 9470 section 3 have them: in the scheme that the
 * request used; where it used none, in all that are accepted, and without an error code. No value in them comes from a
 * request.
 */
export function createChallenger(
  schemes: readonly Scheme[],
  proofAlgorithms: readonly Algorithm[],
): Challenger {
  const algs = proofAlgorithms.join(' ')

  return (reason, { scheme, requirements, cause } = {}) => {
    const { code, status, description } = refusalFor(reason)
    if (status === 503) return new VerifyError(reason, { cause })
    const named = reason === 'missing' ? {} : { error: code, error_description: description }
    const params = { ...named, ...wanted(code, requirements) }
    const wwwAuthenticate = (scheme ? [scheme] : schemes)
      .map((each) => challenge(each, each === 'DPoP' ? { ...params, algs } : params))
      .join(', ')
    return new VerifyError(reason, { wwwAuthenticate, cause })
  }
}

function wanted(code: VerifyError['code'], requirements: Requirements = {}) {
  const { scopes, maxAgeSeconds, acrValues } = requirements
  return {
    ...(code === 'insufficient_scope' && scopes ? { scope: scopes.join(' ') } : {}),
    ...(code === 'insufficient_user_authentication' && maxAgeSeconds !== undefined
      ? { max_age: String(maxAgeSeconds) }
      : {}),
    ...(code === 'insufficient_user_authentication' && acrValues ? { acr_values: acrValues.join(' ') } : {}),
  }
}

function challenge(scheme: Scheme, params: { [name: string]: string }): string {
  const list = Object.entries(params).map(([name, value]) => `${name}="${value}"`)
  return list.length > 0 ? `${scheme} ${list.join(', ')}` : scheme
}
