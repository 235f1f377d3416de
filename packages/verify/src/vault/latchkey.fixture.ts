import { createHash } from 'node:crypto'
import { createVault, type VaultOptions } from './index.ts'

export const issuer = 'https://auth.example.com/at'
export const api = 'https://api.provider.example/me'

export type Stored = {
  id: string
  user: string
  provider: string
  token: string
  expiresAt?: number
  providerData?: object
}

/** A Latchkey that has only a vault, and the provider behind it, as a `fetch`. */
export function createFakeLatchkey() {
  const clock = { time: 1_800_000_000_000, now: () => clock.time }
  const calls: string[] = []
  const connections: Stored[] = []
  /** Answers that come first, by what is called: `POST /token`. */
  const next = new Map<string, (() => Response)[]>()
  let serviceTokens = 0
  /** Service tokens that are taken. */
  let good = ''
  let refused = new Set<string>()

  const json = (status: number, body: object, headers = {}) => Response.json(body, { status, headers })

  async function answer(name: string, url: URL, request: Request): Promise<Response> {
    if (name === 'POST /token') {
      good = `service-${++serviceTokens}`
      return json(200, { access_token: good, token_type: 'Bearer', expires_in: 300 })
    }
    if (request.headers.get('authorization') !== `Bearer ${good}`)
      return json(401, { error: 'invalid_token' })
    if (name === 'GET /vault/connections') {
      const { user, provider, cursor } = Object.fromEntries(url.searchParams)
      const all = connections.filter(
        (one) => (user ?? one.user) === one.user && (provider ?? one.provider) === one.provider,
      )
      const from = Number(cursor ?? 0)
      return json(200, {
        connections: all.slice(from, from + 2).map(({ id, provider }) => ({
          ...{ id, provider, status: 'active', account: { subject: `s-${id}`, label: 'ada' } },
          scopes: { requested: ['read'], granted: ['read'] },
        })),
        ...(all.length > from + 2 ? { next_cursor: String(from + 2) } : {}),
      })
    }
    const [, proxied, host] = /^\w+ \/vault\/connections\/([^/]+)\/proxy\/([^/]+)/.exec(name) ?? []
    if (proxied !== undefined && connections.some((one) => one.id === proxied)) {
      const headers = { 'latchkey-upstream': host ?? '', location: '/elsewhere' }
      return new Response(`${url.search} ${await request.text()}`, { status: 302, headers })
    }
    const [, id, verb] = /^POST \/vault\/connections\/([^/]+)\/(token|report)$/.exec(name) ?? []
    const connection = connections.find((one) => one.id === id)
    if (connection === undefined) return json(404, { error: 'not_found', request_id: 'req-1' })
    if (verb === 'report') {
      const { access_token_hash } = JSON.parse(await request.text())
      const current = createHash('sha256').update(connection.token).digest('base64url')
      if (access_token_hash === current) connection.token += '+'
      return json(200, { status: 'active' })
    }
    const { token, expiresAt, providerData } = connection
    return json(200, {
      ...{ access_token: token, token_type: 'Bearer', scopes: ['read'] },
      ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
      ...(providerData === undefined ? {} : { provider_data: providerData }),
    })
  }

  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (request.url === api) {
      const token = request.headers.get('authorization')?.slice(7) ?? ''
      calls.push(`api ${token}`)
      return new Response(await request.text(), { status: refused.has(token) ? 401 : 200 })
    }
    const name = `${request.method} ${url.pathname.replace('/at', '')}`
    calls.push(name)
    const scripted = next.get(name)?.shift()
    return scripted === undefined ? answer(name, url, request) : scripted()
  }

  return {
    clock,
    calls,
    connections,
    fetch,
    /** Calls since this was asked the last time. */
    since: () => calls.splice(0),
    script(name: string, ...answers: (() => Response)[]) {
      next.set(name, answers)
    },
    /** Whatever service token is out there is taken no more. */
    forgetServiceTokens: () => (good = ''),
    refuse: (...tokens: string[]) => (refused = new Set(tokens)),
    vault: (more: Partial<VaultOptions> = {}) =>
      createVault({ issuer, id: 'reports', secret: 's3cret', fetch, clock, ...more }),
  }
}
