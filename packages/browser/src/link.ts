import { callAccount } from './account.ts'
import type { Client } from './client.ts'
import { AuthError } from './errors.ts'
import type { LinkJourney } from './journey.ts'

/**
 * Finishes a link in the session that there is now, whose user must be the one who began it: the server asks that again.
 * @throws AuthError `signed_out`, `user_changed`, `identity_in_use`, `invalid_grant`, those of calling
 */
export async function finishLink(
  client: Client,
  { sub, parameters, credentials }: LinkJourney,
  code: string,
): Promise<void> {
  const user = client.session.user()
  if (user?.sub !== sub) throw new AuthError(user ? 'user_changed' : 'signed_out', 'redeem')
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ code, code_verifier: parameters.code_verifier })
  await callAccount(client, 'identities', 'redeem', { method: 'POST', headers, body }, credentials)
}
