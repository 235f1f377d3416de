import { hash, timingSafeEqual } from 'node:crypto'
import { errorAnswer } from '../callback.ts'
import { type JourneyProof, UpstreamError, type ValidatedCallback } from '../contract.ts'
import { fault } from '../failures.ts'
import { refusalOf } from './answer.ts'

const longest = 1_024

/**
 * The provider's answer by way of the browser (RFC 5849 section 2.2). What it says counts only with the journey's own request
 * token, which the browser's cookie has brought; a verifier proves that whoever approved sits at this browser.
 *
 * @throws UpstreamError `access_denied`: `callback_denied`, `callback_refused`, `callback_error`, `callback_verifier_missing`;
 *   `temporarily_unavailable`: `callback_error`; `provider_error`: `callback_state`, `callback_malformed`, `callback_token`,
 *   `callback_refused`, `callback_error`
 */
export function judgeOAuth1Callback(
  params: URLSearchParams,
  { state, temporary }: JourneyProof,
  { unsafeVersion10 }: { unsafeVersion10: boolean },
): ValidatedCallback {
  const one = (name: string): string | undefined => {
    const [value, ...more] = params.getAll(name)
    if (more.length > 0) throw fault('callback_malformed', { detail: `${name} repeated` })
    return value
  }
  if (one('state') !== state) throw fault('callback_state')
  // The journey began when the provider was configured otherwise.
  if (temporary === undefined) throw fault('callback_token', { detail: 'none was fetched' })
  const token = one('oauth_token')
  // X names the request token here, and nowhere else.
  if (one('denied') !== undefined) throw new UpstreamError('access_denied', 'callback_denied')
  const secrets = [state, temporary.token, temporary.secret, one('oauth_verifier')]
  const [problem, error] = [one('oauth_problem'), one('error')]
  if (problem !== undefined) throw refusalOf(problem, 'callback', secrets)
  if (error !== undefined)
    throw errorAnswer(error, one('error_description') ?? null, { callbackRefusals: [] }, secrets)

  if (token === undefined || token.length > longest)
    throw fault('callback_malformed', { detail: 'oauth_token' })
  if (!isSame(token, temporary.token)) throw fault('callback_token')
  if (unsafeVersion10) return validated({})
  const verifier = one('oauth_verifier')
  // Section 2.2 has one whenever the person approved; some come back without when they did not.
  if (verifier === undefined || verifier === '') {
    throw new UpstreamError('access_denied', 'callback_verifier_missing')
  }
  if (verifier.length > longest) throw fault('callback_malformed', { detail: 'oauth_verifier' })
  return validated({ oauth_verifier: verifier })
}

const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))

/** The brand exists in types only; this is where it is given. */
const validated = (params: Record<string, string>): ValidatedCallback =>
  new URLSearchParams(params) as ValidatedCallback
