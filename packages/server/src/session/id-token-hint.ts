import { compactVerify, errors } from 'jose'
import type { SigningKeys } from '../keys/index.ts'
import { fromBase64url } from '../sealing/index.ts'

/** What an ID token of ours says about whose session it was issued for. */
export interface IdTokenHint {
  sessionId: string
  userId: string
  clientId: string
}

/**
 * Reads an `id_token_hint` (OpenID Connect RP-Initiated Logout 1.0 section 2): an ID token that one of our keys signed for
 * one of our clients, however long ago. Undefined for anything else; access tokens and proofs have other types.
 * It proves no possession: whoever has seen the token has it.
 */
export async function readIdTokenHint(
  hint: string,
  rules: { issuer: string; keys: SigningKeys; clients: ReadonlyMap<string, unknown> },
): Promise<IdTokenHint | undefined> {
  const claims = await verifiedClaims(hint, rules.keys)
  if (claims === undefined) return
  const { iss, aud, sub, sid } = claims
  if (iss !== rules.issuer || typeof aud !== 'string' || !rules.clients.has(aud)) return
  if (typeof sub !== 'string' || typeof sid !== 'string') return
  return { sessionId: sid, userId: sub, clientId: aud }
}

async function verifiedClaims(hint: string, keys: SigningKeys): Promise<Record<string, unknown> | undefined> {
  // `jose` takes padding and spare bits of the last character, so that one token would have many spellings.
  if (!hint.split('.').every((part) => fromBase64url(part) !== undefined)) return
  try {
    const { payload, protectedHeader } = await compactVerify(hint, async ({ alg, kid = '' }) => {
      const key = keys.find(kid) ?? (await keys.findRenewed(kid))
      if (key === undefined || key.algorithm !== alg) throw new errors.JWKSNoMatchingKey()
      return key.publicKey
    })
    if (protectedHeader.typ !== 'JWT') return
    const claims: unknown = JSON.parse(Buffer.from(payload).toString('utf8'))
    return isRecord(claims) ? claims : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return
    throw error
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
