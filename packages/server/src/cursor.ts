import { fromBase64url } from './sealing/index.ts'

/** A place in a list that is read page by page, newest first. */
interface Place {
  createdAt: number
  id: string
}

/** Opaque to whoever carries it: it says where to go on, and opens nothing. */
export const cursorOf = ({ createdAt, id }: Place): string =>
  Buffer.from(`${createdAt}.${id}`).toString('base64url')

/** Undefined for what `pageOf` cannot have given. */
export function readCursor(cursor: string): Place | undefined {
  const [, createdAt, id] =
    /^(\d{1,15})\.(.{1,255})$/.exec(fromBase64url(cursor)?.toString('utf8') ?? '') ?? []
  return createdAt === undefined || id === undefined ? undefined : { createdAt: Number(createdAt), id }
}

/** A page of `rows`, of which one more was read than `limit`, so that the last page is known to be the last. */
export function pageOf<T extends Place>(rows: T[], limit: number): { page: T[]; next_cursor?: string } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return rows.length > limit && last !== undefined ? { page, next_cursor: cursorOf(last) } : { page }
}
