import { type JWTPayload, jwtVerify } from 'jose'
import { isCanonicalJws } from '../sealing/index.ts'
import type { Session, User } from '../storage/index.ts'
import type { Deps } from './deps.ts'

/** The access tokens that we made ourselves, as nobody but us can judge them: with the database. */
export interface OwnTokens {
  /**
   * What an access token of ours says: signed by a published key, of our type and issuer, not expired; with `audience`,
   * made out to it. Rejects with an Error whose message tells why, for logs alone; with a StorageError when it could not be
   * found out.
   */
  read(token: string, audience?: string): Promise<JWTPayload>
  /** Whose it is, if the session and the user that it names are alive now. */
  holder(payload: JWTPayload): Promise<{ user: User; session: Session } | undefined>
}

export function createOwnTokens({
  config,
  keys,
  clock,
  storage,
}: Pick<Deps, 'config' | 'keys' | 'clock' | 'storage'>): OwnTokens {
  return {
    async read(token, audience) {
      if (!isCanonicalJws(token)) throw new Error('not canonical base64url')
      const { payload } = await jwtVerify(
        token,
        async ({ kid = '', alg }) => {
          const key = keys.find(kid) ?? (await keys.findRenewed(kid))
          if (key === undefined || key.algorithm !== alg) throw new Error('no such key')
          return key.publicKey
        },
        {
          issuer: config.issuer,
          ...(audience === undefined ? {} : { audience }),
          typ: 'at+jwt',
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'iat', 'jti'],
        },
      )
      return payload
    },

    async holder({ sid, sub }) {
      if (typeof sid !== 'string' || sub === undefined) return
      const [session, user] = await Promise.all([storage.sessions.find(sid), storage.users.find(sub)])
      const now = clock.now()
      const alive =
        session?.revokedAt === undefined &&
        session !== undefined &&
        now < session.idleExpiresAt &&
        now < session.absoluteExpiresAt
      return alive && user !== undefined && user.disabledAt === undefined ? { user, session } : undefined
    },
  }
}
