/** RFC 9110 section 7.6.1 and what belongs to one connection; beside these, whatever `Connection` names. */
const hopByHop = [
  ...['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  ...['proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'proxy-authentication-info'],
]

/** Of a request: what tells who calls, or proves it to us. */
const ofTheCaller = new Set([
  ...hopByHop,
  ...['authorization', 'cookie', 'host', 'dpop', 'forwarded', 'via', 'x-real-ip', 'origin', 'referer'],
])

/** Of an answer: what would act on our own host, speak in our name, or be kept for somebody else. */
const ofTheHost = new Set([
  ...hopByHop,
  ...[
    'set-cookie',
    'set-cookie2',
    'strict-transport-security',
    'public-key-pins',
    'clear-site-data',
    'alt-svc',
  ],
  ...[
    'service-worker-allowed',
    'x-content-type-options',
    'x-request-id',
    'cache-control',
    'expires',
    'pragma',
  ],
  ...[
    'content-security-policy',
    'content-security-policy-report-only',
    'nel',
    'report-to',
    'reporting-endpoints',
  ],
  ...['latchkey-upstream', 'refresh'],
])

const namedBy = (connection: string | undefined): Set<string> =>
  new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()))

/** What goes on of a service's request. The token is added to it afterwards: no header of the service takes its place. */
export function onwardHeaders(given: Headers): Record<string, string> {
  const named = namedBy(given.get('connection') ?? undefined)
  const kept: Record<string, string> = {}
  given.forEach((value, name) => {
    const drop = ofTheCaller.has(name) || name.startsWith('x-forwarded-') || name.startsWith('proxy-')
    if (!drop && (!named.has(name) || name === 'content-length')) kept[name] = value
  })
  return kept
}

/**
 * What comes back of a provider's answer, with `Latchkey-Upstream` as the sign that it is one. A header that repeats a
 * secret of the request, as it is or as it stands in a URL, is left out. Not to be kept by anything in between, and inert should a browser come to show it.
 */
export function backHeaders(
  given: Readonly<Record<string, string | string[] | undefined>>,
  { host, secrets }: { host: string; secrets: readonly string[] },
): Record<string, string> {
  const named = namedBy([given.connection].flat().join(','))
  const hidden = secrets.flatMap(spellings)
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || ofTheHost.has(name) || named.has(name)) continue
    if (name.startsWith('proxy-') || name.startsWith('access-control-')) continue
    const text = [value].flat().join(', ')
    if (!hidden.some((secret) => text.includes(secret))) kept[name] = text
  }
  return {
    ...kept,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Latchkey-Upstream': host,
  }
}

const spellings = (secret: string): string[] => [
  ...new Set([secret, encodeURIComponent(secret), new URLSearchParams({ '': secret }).toString().slice(1)]),
]

/** Whether a 401 is about the token (RFC 6750 section 3.1): a provider that says it is about something else is believed. */
export function blamesToken(challenge: string | undefined): boolean {
  const [, error = 'invalid_token'] = /\berror="?([a-z_]+)/i.exec(challenge ?? '') ?? []
  return error.toLowerCase() === 'invalid_token'
}
