import type { Finding } from '../findings.ts'
import { formatPath, type Path } from '../path.ts'
import type { Salvaged } from '../salvage.ts'
import { canBeOneSite } from '../same-site.ts'

/** What one client's settings say about each other, and its id about everybody else's. */
export function clientFindings(config: Salvaged): Finding[] {
  return [
    ...config.clients.flatMap(oneClient),
    ...config.clients.flatMap((client, index) => sameSite(client, index, config.issuer)),
    ...config.services.flatMap(oneService),
    ...sharedIds(config),
  ]
}

function oneClient(client: Salvaged['clients'][number], index: number): Finding[] {
  const at = (key: string): Path => ['clients', index, key]
  const findings: Finding[] = []
  const { origins, allow_get_authorize: byLink, grant_types: grants } = client
  // a secret that is malformed is still one: only its absence makes a browser client
  const confidential = !('secret' in client) || client.secret !== undefined
  if (origins?.length === 0 && byLink === false) {
    findings.push(
      confidential
        ? {
            path: at('allow_get_authorize'),
            problem: 'is not on, so that this client without origins cannot start a sign-in',
            remedy: 'set "allow_get_authorize": true, as a client with a secret starts by link',
          }
        : {
            path: at('origins'),
            problem: 'is empty, so that nothing can start a sign-in',
            remedy: 'list the origins of the app, such as ["https://app.example.com"]',
          },
    )
  }
  if (grants !== undefined && !grants.includes('authorization_code')) {
    findings.push({
      path: at('grant_types'),
      problem: 'lacks "authorization_code", without which there is nothing to refresh',
      remedy: 'add "authorization_code"',
    })
  }
  return findings
}

/** What same-site mode needs. Whether two hosts are one site only a browser knows: a wrong setting fails closed there. */
function sameSite(client: Salvaged['clients'][number], index: number, issuer: string | undefined): Finding[] {
  if (client.same_site !== true) return []
  const at = (...keys: Path): Path => ['clients', index, ...keys]
  const findings: Finding[] = []
  if ('secret' in client && client.secret !== undefined) {
    findings.push({
      path: at('same_site'),
      problem: 'is for apps in a browser, and this client has a secret',
      remedy: 'take out one of the two',
    })
  }
  if (client.allow_get_authorize === true) {
    findings.push({
      path: at('allow_get_authorize'),
      problem: 'would let a link start a journey that "same_site" ties to the app',
      remedy: 'take out one of the two',
    })
  }
  if (issuer === undefined) return findings
  for (const [position, origin] of (client.origins ?? []).entries()) {
    if (canBeOneSite(new URL(issuer), new URL(origin))) continue
    findings.push({
      path: at('origins', position),
      problem: 'is not of one site with the issuer, which "same_site" is about',
      remedy:
        'give app and issuer one scheme and hosts under one domain, such as app.example.com and auth.example.com, or take out "same_site"',
    })
  }
  return findings
}

function oneService(service: Salvaged['services'][number], index: number): Finding[] {
  const able =
    !('secret' in service) ||
    service.secret !== undefined ||
    !('jwks' in service) ||
    service.jwks?.keys?.length
  if (able) return []
  return [
    {
      path: ['services', index, 'secret'],
      problem: 'is missing, so that the service cannot authenticate',
      remedy: 'give "secret", or its public keys in "jwks"',
    },
  ]
}

/** A token without a user has its client as the subject: no two may be called the same (RFC 9700 section 4.15). */
function sharedIds(config: Salvaged): Finding[] {
  const owners = new Map<string, Path>()
  const all = [
    ...config.clients.map((client, index) => ({ id: client.id, path: ['clients', index] as const })),
    ...config.services.map((service, index) => ({ id: service.id, path: ['services', index] as const })),
  ]
  return all.flatMap(({ id, path }): Finding[] => {
    if (id === undefined) return []
    const owner = owners.get(id)
    if (owner === undefined) {
      owners.set(id, path)
      return []
    }
    return [
      {
        path: [...path, 'id'],
        problem: `is the id of ${formatPath(owner)} too`,
        remedy: 'give each client and service an id of its own',
      },
    ]
  })
}
