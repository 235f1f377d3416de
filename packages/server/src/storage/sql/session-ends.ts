import type { ExpressionBuilder, NotNull } from 'kysely'
import type { SessionStore } from '../contract.ts'
import type { Engine } from './engine.ts'
import { atMost } from './limit.ts'
import type { SessionRow } from './session-row.ts'
import { type Argument, prepare } from './statement.ts'
import type { Tables } from './tables.ts'

interface End {
  now: number
  reason: string
}

/**
 * An end is noted of sessions that have run out, too: a rotation that was asked for before, by a process that stood still
 * or whose clock is behind, would bring them back.
 */
const endUnended = (db: Engine['compiler'], argument: Argument<End>) =>
  db
    .updateTable('sessions')
    .set({ revoked_at: argument('now'), revoked_reason: argument('reason'), sealed_id_token: null })
    .where('revoked_at', 'is', null)
    .returning(['id', 'idle_expires_at', 'absolute_expires_at'])

type Ended = Pick<SessionRow, 'id' | 'idle_expires_at' | 'absolute_expires_at'>

/** Those that lived until then. */
const cutShort = ({ rows }: { rows: readonly Ended[] }, now: number): string[] =>
  rows.filter((row) => row.idle_expires_at > now && row.absolute_expires_at > now).map(({ id }) => id)

/** Ends all sessions of a user. */
export const prepareEndAllOf = (db: Engine['compiler']) =>
  prepare<End & { user_id: string }>()((argument) =>
    endUnended(db, argument).where('user_id', '=', argument('user_id')),
  )

/** How sessions end before their time, and who is told. */
export function createSessionEnds(
  engine: Engine,
): Pick<SessionStore, 'revoke' | 'revokeByCode' | 'revokeAllOf' | 'revokeByUpstream' | 'listRevoked'> {
  const db = engine.compiler

  const end = prepare<End & { id: string }>()((argument) =>
    endUnended(db, argument).where('id', '=', argument('id')),
  )

  const endByCode = prepare<End & { code_key: string }>()((argument) =>
    endUnended(db, argument).where('code_key', '=', argument('code_key')).where('dpop_jkt', 'is', null),
  )

  const endAllOf = prepareEndAllOf(db)

  // By way of the user, whose living sessions are few and indexed.
  const endBySubject = prepare<End & { issuer: string; subject: string }>()((argument) => {
    const identity = db
      .selectFrom('identities')
      .where('issuer', '=', argument('issuer'))
      .where('subject', '=', argument('subject'))
    return endUnended(db, argument)
      .where('user_id', '=', identity.select('identities.user_id'))
      .where('identity_id', '=', identity.select('identities.id'))
  })

  const endBySid = prepare<End & { issuer: string; subject: string | undefined; sid: string }>()((argument) =>
    endUnended(db, argument)
      .where('upstream_sid', '=', argument('sid'))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('identities')
            .select('identities.id')
            .whereRef('identities.id', '=', 'sessions.identity_id')
            .where('identities.issuer', '=', argument('issuer'))
            .where((named) =>
              named('identities.subject', '=', named.fn.coalesce(argument('subject'), 'identities.subject')),
            ),
        ),
      ),
  )

  // Without `after`, `id > NULL` is true of nothing.
  const listRevoked = prepare<{ since: number; after: string | undefined; limit: number }>()((argument) => {
    const later = (eb: ExpressionBuilder<Tables, 'sessions' | 'erased_sessions'>) =>
      eb.and([
        eb('revoked_at', '>=', argument('since')),
        eb.or([eb('revoked_at', '>', argument('since')), eb('id', '>', argument('after'))]),
      ])
    return db
      .selectFrom('sessions')
      .select(['id', 'revoked_at'])
      .where(later)
      .unionAll(db.selectFrom('erased_sessions').select(['id', 'revoked_at']).where(later))
      .orderBy('revoked_at')
      .orderBy('id')
      .limit(argument('limit'))
      .$narrowType<{ revoked_at: NotNull }>()
  })

  return {
    async revoke(sessionId, now, reason) {
      return cutShort(await engine.write(end({ id: sessionId, now, reason })), now).length === 1
    },

    async revokeByCode(codeKey, now, reason) {
      return cutShort(await engine.write(endByCode({ code_key: codeKey, now, reason })), now)
    },

    async revokeAllOf(userId, now, reason) {
      return cutShort(await engine.write(endAllOf({ user_id: userId, now, reason })), now)
    },

    async revokeByUpstream({ issuer, subject, sid }, now, reason) {
      const ending = { issuer, now, reason }
      const query =
        sid !== undefined
          ? endBySid({ ...ending, subject, sid })
          : subject !== undefined && endBySubject({ ...ending, subject })
      if (!query) return []
      return cutShort(await engine.write(query), now)
    },

    async listRevoked(since, limit, after) {
      const rows = await engine.read(listRevoked({ since, after, limit: atMost(limit) }))
      return rows.map((row) => ({ id: row.id, revokedAt: row.revoked_at }))
    },
  }
}
