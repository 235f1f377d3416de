import type { Clock } from '../clock.ts'
import { seconds } from '../clock.ts'
import { identityOf, type SignIn } from '../identity/index.ts'
import { hashOf, newSecret } from '../ids.ts'
import { type OneTimeStore, StorageError } from '../storage/index.ts'
import { type Upstream, UpstreamError, type UpstreamIdentity } from '../upstream/index.ts'
import type { CodeBinding, CodeGrant, ConnectGrant, SignInGrant } from './grant.ts'
import { type ConnectIntent, type Journey, upstreamSecrets } from './journey.ts'
import { redirectErrorOf, storageDown } from './upstream-error.ts'

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
    /** Puts the tokens of an account that is connected out of everybody's reach, and gives the name of the place. */
    quarantine: (
      account: { userId: string; provider: string; subject: string },
      tokens: UpstreamIdentity['tokens'],
    ) => Promise<string>
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
      ...(journey.temporary === undefined ? {} : { temporary: journey.temporary }),
      ...(journey.intent.kind === 'connect' ? { connecting: true as const } : {}),
    }
    const callback = await upstream.readCallback(params, proof)
    const sentAt = clock.now()
    const proved = await upstream.exchange(callback, proof)
    const binding = {
      clientId: journey.clientId,
      redirectUri: journey.redirectUri,
      codeChallenge: journey.codeChallenge.toString('base64url'),
      ...(journey.dpopJkt === undefined ? {} : { dpopJkt: journey.dpopJkt.toString('base64url') }),
      ...(journey.cookieId === undefined ? {} : { cookieId: journey.cookieId }),
    }
    const grant = await grantOf(binding)
    const code = newSecret()
    await oneTime.issue({
      kind: 'code',
      key: hashOf(code),
      value: JSON.stringify(grant),
      expiresAt: clock.now() + deps.codeSeconds * 1000,
    })
    return { code, grant }

    async function grantOf(bound: CodeBinding): Promise<CodeGrant> {
      const { intent } = journey
      if (intent.kind === 'link') {
        return { kind: 'link', ...bound, userId: intent.userId, identity: identityOf(upstream, proved) }
      }
      if (intent.kind === 'connect') {
        return { kind: 'connect', ...bound, ...(await connectGrant(intent, proved, sentAt, deps)) }
      }
      return { kind: 'sign_in', ...bound, ...(await signInGrant(arrival, proved, deps)) }
    }
  } catch (error) {
    if (error instanceof UpstreamError) throw redirectErrorOf(error, journey.intent)
    if (error instanceof StorageError) throw storageDown(error, journey.intent)
    throw error
  }
}

/** The tokens stay behind: nobody can use them before the user who began has fetched them. */
async function connectGrant(
  { userId, scopes, connectionId }: ConnectIntent,
  { subject, account: named = subject, label, tokens }: UpstreamIdentity,
  obtainedAt: number,
  { upstream, quarantine }: Parameters<typeof finish>[1],
): Promise<Omit<ConnectGrant, 'kind' | keyof CodeBinding>> {
  const account = { userId, provider: upstream.id, subject: named }
  const { scope, expiresIn, refreshExpiresIn } = tokens
  return {
    ...account,
    quarantineId: await quarantine(account, tokens),
    requestedScopes: scopes,
    obtainedAt,
    ...(label === undefined ? {} : { label }),
    ...(scope === undefined ? {} : { grantedScope: scope }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
    ...(refreshExpiresIn === undefined ? {} : { refreshExpiresIn }),
    ...(connectionId === undefined ? {} : { connectionId }),
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
