import type { Clock } from '../clock.ts'
import { seconds } from '../clock.ts'
import { RedirectError } from '../errors.ts'
import { identityOf, type SignIn } from '../identity/index.ts'
import { hashOf, newSecret } from '../ids.ts'
import { type OneTimeStore, StorageError } from '../storage/index.ts'
import { type Upstream, UpstreamError, type UpstreamIdentity } from '../upstream/index.ts'
import type { CodeBinding, CodeGrant, SignInGrant } from './grant.ts'
import { type Journey, upstreamSecrets } from './journey.ts'
import { redirectErrorOf } from './upstream-error.ts'

/**
 * From the provider's answer to our own code. The journey is known by now: every failure goes back to the SPA.
 * @throws RedirectError
 */
export async function finish(
  arrival: { id: string; journey: Journey; params: URLSearchParams; requestId: string },
  deps: {
    upstream: Upstream
    callbackUri: string
    clock: Clock
    oneTime: OneTimeStore
    signIn: SignIn
    codeSeconds: number
    /** Seals the provider's ID token for the session, where signing out goes on to the provider. */
    keepIdToken?: (idToken: string, userId: string) => string | undefined
  },
): Promise<{ code: string; grant: CodeGrant }> {
  const { id, journey, params } = arrival
  const { upstream, clock, oneTime } = deps
  try {
    const proof = {
      ...upstreamSecrets(journey),
      state: id,
      redirectUri: deps.callbackUri,
      ...(journey.maxAge === undefined ? {} : { maxAge: journey.maxAge }),
    }
    const callback = await upstream.readCallback(params, proof)
    const proved = await upstream.exchange(callback, proof)
    const binding = {
      clientId: journey.clientId,
      redirectUri: journey.redirectUri,
      codeChallenge: journey.codeChallenge.toString('base64url'),
      ...(journey.dpopJkt === undefined ? {} : { dpopJkt: journey.dpopJkt.toString('base64url') }),
      ...(journey.cookieId === undefined ? {} : { cookieId: journey.cookieId }),
    }
    const grant: CodeGrant =
      journey.intent.kind === 'link'
        ? { kind: 'link', ...binding, userId: journey.intent.userId, identity: identityOf(upstream, proved) }
        : { kind: 'sign_in', ...binding, ...(await signInGrant(arrival, proved, deps)) }
    const code = newSecret()
    await oneTime.issue({
      kind: 'code',
      key: hashOf(code),
      value: JSON.stringify(grant),
      expiresAt: clock.now() + deps.codeSeconds * 1000,
    })
    return { code, grant }
  } catch (error) {
    if (error instanceof UpstreamError) throw redirectErrorOf(error)
    if (error instanceof StorageError) throw storageDown(error)
    throw error
  }
}

async function signInGrant(
  { journey, requestId }: Parameters<typeof finish>[0],
  proved: UpstreamIdentity,
  { upstream, clock, signIn, keepIdToken }: Parameters<typeof finish>[1],
): Promise<Omit<SignInGrant, 'kind' | keyof CodeBinding>> {
  const { inviteHash } = journey
  const { user, identityId } = await signIn(upstream, proved, {
    requestId,
    ...(inviteHash === undefined ? {} : { inviteHash }),
  })
  const { idToken } = proved.tokens
  const sealedIdToken = idToken === undefined ? undefined : keepIdToken?.(idToken, user.id)
  return {
    scope: journey.scope,
    resources: journey.resources,
    userId: user.id,
    identityId,
    provider: upstream.id,
    authTime: proved.authTime ?? seconds(clock),
    ...(journey.nonce === undefined ? {} : { nonce: journey.nonce }),
    ...(proved.amr === undefined ? {} : { amr: proved.amr }),
    ...(proved.acr === undefined ? {} : { acr: proved.acr }),
    ...(proved.sid === undefined ? {} : { upstreamSid: proved.sid }),
    ...(sealedIdToken === undefined ? {} : { sealedIdToken }),
  }
}

/** For the SPA to hear: what failed for want of the database is no fault of the journey. */
export function rethrowForSpa(error: unknown): never {
  throw error instanceof StorageError ? storageDown(error) : error
}

const storageDown = (cause: StorageError): RedirectError =>
  new RedirectError(
    'temporarily_unavailable',
    'signing in is not possible right now; try again in a moment',
    {
      detail: `storage: ${cause.code}`,
      cause,
    },
  )
