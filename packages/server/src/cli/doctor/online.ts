import type { Clock } from '../../clock.ts'
import type { Config } from '../../config/index.ts'
import { about, type Finding } from './finding.ts'

/** What the outside of this installation says. Asks the issuer's own address, as browsers do. */
export async function outsideFindings(config: Config): Promise<Finding[]> {
  const metadata = await metadataFinding(config.issuer)
  if (metadata.verdict === 'fail') return [metadata]
  const origins = config.clients.flatMap(({ id, origins: own }) => own.map((origin) => ({ id, origin })))
  return [
    metadata,
    ...(await Promise.all(origins.map(({ id, origin }) => corsFinding(config.issuer, id, origin)))),
  ]
}

async function metadataFinding(issuer: string): Promise<Finding> {
  const { ok, fail } = about('issuer')
  const { origin, pathname } = new URL(issuer)
  const url = `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    const body: unknown = await response.json().catch(() => undefined)
    const said = typeof body === 'object' && body !== null && 'issuer' in body ? body.issuer : undefined
    if (said === issuer) return ok(`${url} answers as ${issuer}`)
    return fail(
      `${url} answers ${response.status}${typeof said === 'string' ? ` as ${said}` : ''}`,
      'see that the server runs, and that the proxy before it passes /.well-known on',
    )
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
    return fail(`${url} cannot be reached: ${code}`, 'see that the server runs, its name, its certificate')
  }
}

/** The preflight of a SPA's POST to `/token` (Fetch standard). */
async function corsFinding(issuer: string, client: string, origin: string): Promise<Finding> {
  const { ok, fail } = about('CORS', `${client} ${origin}`)
  const response = await fetch(`${issuer}/token`, {
    method: 'OPTIONS',
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,dpop',
    },
  }).catch(() => undefined)
  const allowed = response?.headers.get('access-control-allow-origin') ?? 'nobody'
  const headers = response?.headers.get('access-control-allow-headers')?.toLowerCase() ?? ''
  if (allowed === origin && headers.includes('dpop')) return ok('a preflight from there is let through')
  return fail(
    `a preflight to ${issuer}/token allows ${allowed}`,
    'have the proxy pass OPTIONS on, and leave Access-Control headers to Latchkey',
  )
}

/** Seconds that the verifiers of tokens bear. */
const bearable = 60

/** Against the Date that somebody else's server answers with. */
export async function clockFinding(url: string, clock: Clock): Promise<Finding> {
  const { ok, fail, unverifiable } = about('clock')
  const response = await fetch(new URL(url).origin, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined)
  const there = Date.parse(response?.headers.get('date') ?? '')
  if (Number.isNaN(there)) return unverifiable('nobody told the time')
  const apart = Math.round((clock.now() - there) / 1000)
  const evidence = `${Math.abs(apart)} s ${apart < 0 ? 'behind' : 'ahead of'} ${new URL(url).host}`
  return Math.abs(apart) < bearable / 2
    ? ok(evidence)
    : fail(evidence, 'synchronise the clock (NTP): tokens are dated, and 60 s are borne at most')
}
