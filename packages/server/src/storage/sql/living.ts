import type { ExpressionBuilder, RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

/** A session that was not ended and has not run out at `now`. */
export const isLiving = (now: RawBuilder<number>) => (eb: ExpressionBuilder<Tables, 'sessions'>) =>
  eb.and([eb('revoked_at', 'is', null), eb('idle_expires_at', '>', now), eb('absolute_expires_at', '>', now)])
