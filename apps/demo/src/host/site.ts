import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { configElement, type DemoConfig } from '../config.ts'
import type { Handler } from './listen.ts'
import type { Observer } from './observer.ts'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Where the one page answers. */
const pages = ['/', '/account', '/callback']

/** Latchkey's own port, which the page may close: one of the mishaps. */
export interface Plug {
  readonly down: boolean
  turn(down: boolean): Promise<void>
}

/**
 * Serves the built page and, beside it, what the host saw of a journey: `GET /demo/journey?session=` (the token's `sid`) or
 * `?since=` (milliseconds); and whether Latchkey listens: `GET|POST /demo/latchkey?down=`. The page may run its own
 * scripts, talk to Latchkey and the two services, and nothing else.
 */
export function site(folder: string, config: DemoConfig, observer: Observer, latchkey: Plug): Handler {
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
    if (pathname === '/demo/latchkey') {
      // A page of somebody else's may be open in the same browser.
      if (request.method === 'POST' && request.headers.get('origin') === config.page)
        await latchkey.turn(searchParams.get('down') === 'true')
      return Response.json({ down: latchkey.down }, { headers: { ...headers, 'Cache-Control': 'no-store' } })
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
      const session = searchParams.get('session')
      const journey =
        session === null
          ? observer.since(Number(searchParams.get('since') ?? Number.NaN))
          : observer.ofSession(session)
      return Response.json(journey ?? null, { headers: { ...headers, 'Cache-Control': 'no-store' } })
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
