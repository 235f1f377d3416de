import type { Authenticate } from '../authenticate.ts'
import { fetchJson, UnexpectedAnswer } from '../fetch-json.ts'
import { isJsonObject } from '../jws/compact.ts'

/** A page of the feed. Times in milliseconds. */
export type FeedPage = {
  readonly ended: readonly { readonly sid: string; readonly at: number }[]
  /** Leads on, to the next page or, at the end of the feed, to what comes later. */
  readonly cursor: string
  readonly more: boolean
  /** How long after its end a session matters. */
  readonly reachMs: number
}

const maxBytes = 512 * 1024
/** Entries asked for, and a length that no id of a session has. */
const limit = 1000
const maxSidLength = 256
const day = 86_400

/**
 * Asks for a page of Latchkey's revocation feed, in bounded time and memory, following no redirect.
 *
 * @throws UnexpectedAnswer when the answer is no page of a feed; whatever `fetch` throws
 */
export async function loadPage(
  cursor: string | undefined,
  options: {
    readonly uri: string
    readonly authenticate: Authenticate
    readonly fetch: typeof globalThis.fetch
    readonly timeoutMs: number
    readonly now: number
    readonly stop: AbortSignal
  },
): Promise<FeedPage> {
  const { headers, params } = options.authenticate(options.now)
  const { body } = await fetchJson(
    options.uri,
    {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body: new URLSearchParams({
        limit: String(limit),
        ...params,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      // A redirect is an answer, and not the one that was asked for: it is told apart from an outage.
      redirect: 'manual',
    },
    { ...options, maxBytes },
  )
  const page = parsePage(body)
  if (page === undefined) throw new UnexpectedAnswer('the answer is no page of a revocation feed', 200)
  return page
}

function parsePage(body: unknown): FeedPage | undefined {
  if (!isJsonObject(body)) return undefined
  const { revocations, next_cursor: cursor, more, reach_seconds: reach } = body
  if (!Array.isArray(revocations) || typeof cursor !== 'string' || typeof more !== 'boolean') return undefined
  if (typeof reach !== 'number' || !(reach > 0 && reach <= day)) return undefined
  const ended = revocations.map(parseEntry)
  if (!ended.every((entry) => entry !== undefined)) return undefined
  return { ended, cursor, more, reachMs: reach * 1000 }
}

function parseEntry(entry: unknown): { sid: string; at: number } | undefined {
  if (!isJsonObject(entry)) return undefined
  const { sid, revoked_at } = entry
  const at = typeof revoked_at === 'string' ? Date.parse(revoked_at) : Number.NaN
  if (typeof sid !== 'string' || sid === '' || sid.length > maxSidLength || Number.isNaN(at)) return undefined
  return { sid, at }
}
