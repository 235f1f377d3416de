import type { Place } from '../contract.ts'

/** A number of rows that SQL takes. */
export const atMost = (limit: number): number => Math.max(0, Math.floor(limit)) || 0

/** The arguments of a page of what is read newest first: `id < NULL` is true of nothing. */
export const behind = ({
  limit = 100,
  after,
}: {
  limit?: number
  after?: Place
} = {}): { at: number; before: string | undefined; limit: number } => ({
  at: after?.createdAt ?? Number.MAX_SAFE_INTEGER,
  before: after?.id,
  limit: atMost(limit),
})
