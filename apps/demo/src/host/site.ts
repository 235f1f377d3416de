import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Apps } from '../apps/apps.ts'
import type { Play } from '../apps/plays.ts'
import { configElement, type DemoConfig } from '../config.ts'
import type { Handler } from './listen.ts'
import type { Observer } from './observer.ts'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Where the one page answers. */
const pages = ['/', '/account', '/connections', '/callback']

/** Latchkey's own port, which the page may close: one of the mishaps. */
export interface Plug {
  readonly down: boolean
  turn(down: boolean): Promise<void>
}

const plays = new Set<string>([
  'fewer-scopes',
  'taken-back',
  'lost-answer',
  'error-with-200',
  'no-expiry',
  'slow',
  'down',
  'rate-limit',
  'not-revoked',
] satisfies Play[])
const isPlay = (name: string | null): name is Play => name !== null && plays.has(name)

export interface SiteOptions {
  folder: string
  config: DemoConfig
  observer: Observer
  latchkey: Plug
  apps: Pick<Apps, 'play' | 'view'>
}

/**
 * Serves the built page and, beside it, what the host saw of a journey: `GET /demo/journey?session=` (the token's `sid`) or
 * `?since=` (milliseconds) or `?connection=`; whether Latchkey listens: `GET|POST /demo/latchkey?down=`; and what the apps'
 * provider has seen and is to do: `GET|POST /demo/apps?play=`. The page may run its own
 * scripts, talk to Latchkey and the two services, and nothing else.
 */
export function site({ folder, config, observer, latchkey, apps }: SiteOptions): Handler {
  const index = withConfig(readFileSync(join(folder, 'index.html'), 'utf8'), config)
  const assets = new Map(
    readdirSync(join(folder, 'assets')).map((name) => [
      `/assets/${name}`,
      readFileSync(join(folder, 'assets', name)),
    ]),
  )
  const headers = { ...common, 'Content-Security-Policy': contentSecurityPolicy(config) }

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url)
    // A page of somebody else's may be open in the same browser.
    const told = request.method === 'POST' && request.headers.get('origin') === config.page
    const answer = (body: unknown) =>
      Response.json(body, { headers: { ...headers, 'Cache-Control': 'no-store' } })
    if (pathname === '/demo/latchkey') {
      if (told) await latchkey.turn(searchParams.get('down') === 'true')
      return answer({ down: latchkey.down })
    }
    if (pathname === '/demo/apps') {
      const play = searchParams.get('play')
      if (told && isPlay(play)) apps.play(play)
      return answer(apps.view())
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('Only GET\n', { status: 405, headers: { ...headers, Allow: 'GET, HEAD' } })
    }
    if (pages.includes(pathname)) {
      return new Response(index, {
        headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' },
      })
    }
    if (pathname === '/demo/journey') {
      const [session, connection] = [searchParams.get('session'), searchParams.get('connection')]
      if (session !== null) return answer(observer.ofSession(session) ?? null)
      if (connection !== null) return answer(observer.ofConnection(connection) ?? null)
      return answer(observer.since(Number(searchParams.get('since') ?? Number.NaN)) ?? null)
    }
    const asset = assets.get(pathname)
    if (asset === undefined) return new Response('Not found\n', { status: 404, headers })
    const type = types[extname(pathname)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(asset), {
      headers: { ...headers, 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' },
    })
  }
}

/** `strict-origin`, not `no-referrer`: the sign-in form must carry the page's Origin. */
const common = {
  'Referrer-Policy': 'strict-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export function contentSecurityPolicy({ issuer, services }: DemoConfig): string {
  const latchkey = new URL(issuer).origin
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${latchkey} ${services.notes} ${services.billing}`,
    `form-action ${latchkey}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function withConfig(html: string, config: DemoConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  return html.replace(
    new RegExp(`(<script type="application/json" id="${configElement}">)[^<]*`),
    (_, tag: string) => tag + json,
  )
}
