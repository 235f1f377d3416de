/** What is found at the public address. */
export type Reached =
  | { state: 'ready' }
  /** Nothing listens where the tunnel leads. */
  | { state: 'no_server' }
  /** Our server answers through the tunnel, but as somebody else. */
  | { state: 'other_issuer'; issuer: string }
  /** The public address leads elsewhere or nowhere. */
  | { state: 'no_way'; reason: string }

export interface Places {
  /** The local server's address: `http://127.0.0.1:4000`. */
  local: string
  /** What the issuer should be. */
  issuer: string
}

/** RFC 8414 section 3.1. */
const metadataAt = (origin: string, issuer: string): string => {
  const path = new URL(issuer).pathname.replace(/\/$/, '')
  return `${origin}/.well-known/oauth-authorization-server${path}`
}

/** Asks the server here and the public address, and compares: both must be the same server. */
export async function reach({ local, issuer }: Places): Promise<Reached> {
  const here = await ask(metadataAt(local, issuer))
  if ('failure' in here) return { state: 'no_server' }
  const there = await ask(metadataAt(new URL(issuer).origin, issuer))
  if ('failure' in there) return { state: 'no_way', reason: there.failure }
  if (there.issuer === undefined) {
    return here.issuer === undefined && here.status === there.status
      ? { state: 'no_server' }
      : { state: 'no_way', reason: `it answers ${there.status}, and not with Latchkey's metadata` }
  }
  if (there.issuer !== here.issuer) {
    return { state: 'no_way', reason: `another server answers there: ${there.issuer}` }
  }
  return there.issuer === issuer ? { state: 'ready' } : { state: 'other_issuer', issuer: there.issuer }
}

type Answer = { status: number; issuer: string | undefined } | { failure: string }

async function ask(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    const body: unknown = await response.json().catch(() => undefined)
    const issuer =
      typeof body === 'object' && body !== null && 'issuer' in body && typeof body.issuer === 'string'
        ? body.issuer
        : undefined
    return { status: response.status, issuer }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

function failureOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name does not resolve'
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (/CERT|SELF_SIGNED|ALTNAME/.test(code)) return `its certificate is not good: ${code}`
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'it does not answer within 10 s'
  return code === '' ? 'it cannot be reached' : `it cannot be reached: ${code}`
}
