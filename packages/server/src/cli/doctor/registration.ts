import { randomBytes } from 'node:crypto'
import type { AnyProviderConfig } from '../../config/index.ts'
import { type GuardedFetch, type Upstream, UpstreamError } from '../../upstream/index.ts'
import { about, type Finding } from './finding.ts'
import { remedyFor } from './remedies.ts'

const random = (): string => randomBytes(32).toString('base64url')

/**
 * What a provider says to a journey that nobody is on: where it would send people, whether it takes our redirect URI, and
 * whether it takes our secret, which it looks at before a code that is none.
 */
export async function registrationFindings(
  provider: AnyProviderConfig,
  upstream: Upstream,
  fetch: GuardedFetch,
): Promise<Finding[]> {
  const { ok, fail, unverifiable } = about('provider', provider.id)
  const proof = {
    ...{ state: random(), codeVerifier: random(), nonce: random() },
    redirectUri: provider.redirectUri,
  }
  let url: URL
  try {
    if (upstream.requestCredentials !== undefined) {
      await upstream.requestCredentials(proof)
      return [ok('it knows us, and takes the redirect URI: it gave temporary credentials')]
    }
    url = await upstream.authorizationUrl(proof)
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return [
      error.failure === 'temporarily_unavailable'
        ? unverifiable(`it cannot be reached: ${error.summary}`)
        : fail(error.summary, remedyFor(error.reason)),
    ]
  }
  return [
    ok(`it can be reached; people are sent to ${url.origin}${url.pathname}`),
    await redirectUriFinding(provider, url, fetch),
    await secretFinding(provider, upstream, proof),
  ]
}

async function redirectUriFinding(
  { id, redirectUri }: AnyProviderConfig,
  url: URL,
  fetch: GuardedFetch,
): Promise<Finding> {
  const { fail, unverifiable } = about('redirect URI', id)
  const remedy = `register exactly ${redirectUri}`
  try {
    const response = await fetch(url.href, { headers: { accept: 'text/html' } })
    const body = await response.text()
    if (response.status >= 400 && /redirect[_ -]?ur[il]/i.test(body)) {
      return fail(`its page answers ${response.status} and speaks of the redirect URI`, remedy)
    }
    return unverifiable(`its page answers ${response.status}; only a sign-in tells`, remedy)
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    // To a page where people sign in: it would have stayed and complained.
    return error.reason === 'redirected'
      ? unverifiable('it did not refuse it at once; only a sign-in tells', remedy)
      : unverifiable(`its page cannot be read: ${error.reason}`, remedy)
  }
}

/** Of the code, after the client was known. A word about a code in passing proves nothing. */
const takesSecret =
  /invalid_grant|bad_verification_code|(invalid|incorrect|expired|unknown)[ _](authorization[ _])?code/i
const refusesSecret = /invalid_client|unauthorized_client|client_credentials|client_secret|client_id/i

async function secretFinding(
  { id }: AnyProviderConfig,
  upstream: Upstream,
  proof: Parameters<Upstream['exchange']>[1],
): Promise<Finding> {
  const { ok, fail, unverifiable } = about('client secret', id)
  const params = new URLSearchParams({ code: `latchkey-doctor-${random()}`, state: proof.state })
  if (upstream.protocol === 'oidc') params.set('iss', upstream.identityIssuer)
  try {
    await upstream.exchange(await upstream.readCallback(params, proof), proof)
    return fail('it took a code that we made up', 'do not use this provider')
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    const said = error.summary
    if (refusesSecret.test(said)) return fail(`it refuses us: ${said}`, remedyFor('invalid_client'))
    if (error.failure !== 'temporarily_unavailable' && takesSecret.test(said)) {
      return ok(`it knows us: a code that we made up was refused (${error.reason})`)
    }
    return unverifiable(`it answered a code that we made up with ${said}`)
  }
}
