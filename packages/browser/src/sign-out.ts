import { AuthError } from './errors.ts'
import { bareRequest, type Context, sendSigned } from './request.ts'
import type { StoredSession } from './session.ts'
import { refreshGrant } from './token-endpoint.ts'

/**
 * Ends all sessions of an ended session's user, that one included.
 * @throws AuthError when the server did not do so
 */
export async function endEverywhere(context: Context, session: StoredSession): Promise<void> {
  const phase = 'sign-out'
  const { token } = await refreshGrant(context, session, phase)
  const request = bareRequest(`${context.issuer}/account/sessions`, { method: 'DELETE' })
  const { ok } = await sendSigned(context, request, phase, session.key, token)
  if (!ok) throw new AuthError('temporarily_unavailable', phase)
}
