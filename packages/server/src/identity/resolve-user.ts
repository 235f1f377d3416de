import { within } from '../background.ts'
import type { Config, Hooks } from '../config/types.ts'
import { RedirectError } from '../errors.ts'
import type { Upstream, UpstreamIdentity } from '../upstream/index.ts'
import { issuerOf } from './person.ts'

/** Milliseconds that the owner's own user table has to answer. */
const patience = 5_000

export type ResolveUser = (
  upstream: Pick<Upstream, 'id' | 'identityIssuer'>,
  proved: UpstreamIdentity,
) => Promise<'nobody' | { id: string }>

/** What a `sub` of a token may be: it goes into addresses, logs and other people's databases. */
const idForm = /^[A-Za-z0-9._~:/@|+=-]{1,128}$/

/**
 * Asks the owner's `resolveUser` hook whose identity this is. Undefined where there is none.
 * The function it gives throws RedirectError `temporarily_unavailable` when the hook fails or takes longer than five
 * seconds, `server_error` for an answer that is no user's id or is the id of a client or service (RFC 9700 section 4.15).
 */
export function createResolveUser({
  hooks,
  clients,
  services,
}: Pick<Config, 'hooks' | 'clients' | 'services'>): ResolveUser | undefined {
  const hook = hooks.resolveUser
  if (hook === undefined) return undefined
  const taken = new Set([...clients, ...services].map(({ id }) => id))
  return async (upstream, proved) => {
    const answer: unknown = await within(patience, () => hook(shown(upstream, proved))).catch(
      (cause: unknown) => {
        const description = 'signing in is not possible right now; try again in a moment'
        const detail = 'the resolveUser hook failed or took too long'
        throw new RedirectError('temporarily_unavailable', description, { detail, cause })
      },
    )
    if (answer === null) return 'nobody'
    if (typeof answer !== 'string' || !idForm.test(answer)) {
      throw mistaken(
        'the resolveUser hook gave neither null nor an id of 1 to 128 letters, digits and . _ ~ : / @ | + = -',
      )
    }
    if (taken.has(answer)) throw mistaken('the resolveUser hook gave the id of a client or service')
    return { id: answer }
  }
}

function shown(
  upstream: Pick<Upstream, 'id' | 'identityIssuer'>,
  proved: UpstreamIdentity,
): Parameters<NonNullable<Hooks['resolveUser']>>[0] {
  const { subject, label, name, email, emailVerified, picture } = proved
  return {
    ...{ provider: upstream.id, issuer: issuerOf(upstream, proved), subject },
    ...(label === undefined ? {} : { label }),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email, email_verified: emailVerified }),
    ...(picture === undefined ? {} : { picture }),
  }
}

const mistaken = (detail: string) =>
  new RedirectError('server_error', 'signing in failed; the log tells why under this request id', { detail })
