import { hashOf, newSecret } from '../ids.ts'
import type { OneTimeStore } from '../storage/index.ts'
import { parseEmail } from '../upstream/index.ts'

/**
 * Where an invitation with this hash may be filed: as one for anybody, or as one for this address. An address is part of
 * the key, so that one statement judges it and no list of addresses is kept.
 */
export const inviteKeys = (inviteHash: string, email: string | undefined): string[] =>
  email === undefined ? [inviteHash] : [inviteHash, boundKey(inviteHash, email)]

const boundKey = (inviteHash: string, email: string): string => hashOf(`${inviteHash} ${email}`)

/** Makes a code that lets one person become a user, whoever has it or, with `email`, only with this verified address. */
export async function issueInvite(
  { email, expiresAt }: { email?: string; expiresAt: number },
  oneTime: OneTimeStore,
): Promise<{ code: string; email?: string } | 'invalid_email'> {
  const code = newSecret()
  const hash = hashOf(code)
  const address = email === undefined ? undefined : parseEmail(email)?.address.toLowerCase()
  if (email !== undefined && address === undefined) return 'invalid_email'
  const key = address === undefined ? hash : boundKey(hash, address)
  await oneTime.issue({ kind: 'invite', key, value: '', expiresAt })
  return { code, ...(address === undefined ? {} : { email: address }) }
}
