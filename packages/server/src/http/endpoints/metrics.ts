import { createHash } from 'node:crypto'
import type { Sample } from '../../metrics/index.ts'
import { isSecret } from '../client-auth.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { nothingHere } from '../router.ts'

/** Messages of the outbox that are counted at most: a look takes no longer, however many wait. */
const mostWaiting = 1_000

/**
 * What Prometheus reads. On the public side only with `operations.metrics_token` (RFC 6750); without it there is nothing
 * here.
 */
export function metrics(deps: Deps, access: 'open' | 'with token'): Endpoint {
  const { operations } = deps.config
  const tokenHash = createHash('sha256')
    .update(operations.metricsToken ?? '')
    .digest()
  return async (c) => {
    const [, token] = /^bearer ([^ ]+)$/i.exec(c.req.header('authorization') ?? '') ?? []
    const mayRead = access === 'open' || (isSecret(token, tokenHash) && operations.metricsToken !== undefined)
    if (deps.metrics === undefined || !mayRead) throw nothingHere(c)
    const { contentType, text } = await deps.metrics.exposition(await sample(deps))
    return { status: 200, headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' }, body: text }
  }
}

/** A database that is out is no reason to be silent: then of all times somebody wants to know. */
async function sample({ gate, keys, storage, logger }: Deps): Promise<Sample> {
  const outbox = await storage.outbox.backlog(mostWaiting).catch((error: unknown) => {
    logger.warn({ error }, 'the outbox could not be looked at for metrics')
    return undefined
  })
  return {
    ...{ signing: keys.signing(), keysPublished: keys.published().keys.length },
    ...{ inProgress: gate.counts(), outbox },
  }
}
