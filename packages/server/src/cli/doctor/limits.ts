import type { Config } from '../../config/index.ts'
import { about, type Finding } from './finding.ts'

/** What makes rate limits count otherwise than whoever set them will think. */
export function limitFindings({ issuer, rateLimits, storage, trustedProxies }: Config): Finding[] {
  if (rateLimits === false) return []
  const { ok, warn } = about('rate limits')
  const found: Finding[] = []
  // The server itself speaks no TLS.
  if (issuer.startsWith('https:') && trustedProxies.length === 0) {
    found.push(
      warn(
        'a proxy has to stand in front, and none is listed: everybody is one address, the proxy’s',
        'list what it calls from, such as "trusted_proxies": ["127.0.0.1"], and have it set X-Forwarded-For',
      ),
    )
  }
  if (rateLimits.storage === 'memory' && storage.engine === 'postgres') {
    found.push(
      warn(
        'each process grants them anew, although processes share a PostgreSQL',
        'set "rate_limits": { "storage": "postgres" }, or leave it where there is one process',
      ),
    )
  }
  return found.length > 0 ? found : [ok('on')]
}
