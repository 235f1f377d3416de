import type { ServiceConfig } from '../config/types.ts'
import type { Connection, ConnectionStore, Place } from '../storage/index.ts'
import type { Upstream } from '../upstream/index.ts'
import { allowanceOf } from './policy.ts'

const batch = 100
/** Batches read for one page: a policy may leave little of them. */
const mostBatches = 10

export interface ListedConnections {
  page: Connection[]
  /** Where to go on; a page may be short, even empty, and not the last. */
  next?: Place
}

export type ListFor = (
  service: ServiceConfig,
  filter: { userId?: string; provider?: string },
  page: { limit: number; after?: Place },
) => Promise<ListedConnections>

/** The connections whose tokens a service may have, newest first. The function it gives throws StorageError. */
export function createListFor({
  connections,
  upstreams,
}: {
  connections: Pick<ConnectionStore, 'list'>
  upstreams: ReadonlyMap<string, Pick<Upstream, 'refreshRules'>>
}): ListFor {
  return async (service, { userId, provider }, { limit, after }) => {
    const providers = Object.keys(service.vault).filter((id) => provider === undefined || id === provider)
    const page: Connection[] = []
    if (providers.length === 0) return { page }
    const filter = { providers, ...(userId === undefined ? {} : { userId }) }
    let place = after
    for (let count = 0; count < mostBatches; count++) {
      const rows = await connections.list(filter, {
        limit: batch,
        ...(place === undefined ? {} : { after: place }),
      })
      for (const row of rows) {
        if (page.length === limit) return { page, ...(place === undefined ? {} : { next: place }) }
        place = { createdAt: row.connectedAt, id: row.id }
        if (allowanceOf(service, row, upstreams.get(row.provider)?.refreshRules).kind !== 'none')
          page.push(row)
      }
      if (rows.length < batch) return { page }
    }
    return { page, ...(place === undefined ? {} : { next: place }) }
  }
}
