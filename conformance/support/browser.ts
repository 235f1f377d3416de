import { request } from 'node:http'
import type { TestClock } from './clock.ts'

interface Cookie {
  name: string
  value: string
  host: string
  path: string
  secure: boolean
  sameSite: 'lax' | 'strict' | 'none'
  expiresAt: number
}

export interface Navigation {
  method?: 'GET' | 'POST'
  form?: Record<string, string> | URLSearchParams
  /** The page that the navigation starts from: sets `Origin` on a POST and decides what is cross-site. Absent: typed in. */
  from?: string
  /** Instead of the Origin that a browser would send; null sends none. */
  origin?: string | null
  headers?: Record<string, string>
}

export interface Fetching {
  /** The page whose script it is. */
  from: string
  method: string
  /** A form, or what is sent as JSON. */
  body?: URLSearchParams | object
  headers?: Record<string, string>
  /** Default: include. */
  credentials?: 'include' | 'omit'
}

export interface Fetched {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export interface Page {
  url: URL
  status: number
  headers: Headers
  body: string
  /** Where the answer leads: `Location` or `Refresh`. */
  next: URL | undefined
}

/**
 * A user agent that does by the book what browsers do with cookies, Origin and redirects, over a real socket, and one hop
 * at a time, so that a test can look at each. Ports do not make a site; hosts do.
 */
export interface Browser {
  /** One hop: redirects are not followed. */
  visit(url: string | URL, navigation?: Navigation): Promise<Page>
  /**
   * A script's `fetch` with `credentials: 'include'`. Rejects with a TypeError where the script would see a network error;
   * what the server did by then is done.
   */
  fetch(url: string | URL, call: Fetching): Promise<Fetched>
  /** Follows redirects and refreshes from a page, at most `most`, until `stop` says so or nothing leads on. */
  follow(page: Page, stop?: (url: URL) => boolean, most?: number): Promise<Page>
  cookies(): readonly { name: string; value: string; host: string }[]
  setCookie(url: string | URL, line: string): void
  clearCookies(): void
}

/** How a browser's requests are made. Redirects are not followed. */
export type Send = (
  url: URL,
  method: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<{ status: number; headers: Headers; body: string }>

/** @param send default: over a real socket */
export function createBrowser(clock?: TestClock, send: Send = overSocket): Browser {
  let jar: Cookie[] = []
  const now = () => clock?.now() ?? Date.now()

  function take(url: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    const value = pair.slice(at + 1)
    const set = new Map(
      attributes.map((attribute): [string, string] => {
        const [key = '', ...rest] = attribute.split('=')
        return [key.toLowerCase(), rest.join('=')]
      }),
    )
    const secure = set.has('secure')
    // RFC 6265bis section 4.1.3.2.
    if (name.startsWith('__Host-') && (!secure || set.has('domain') || set.get('path') !== '/')) return
    const sameSite = set.get('samesite')?.toLowerCase()
    const maxAge = set.get('max-age')
    jar = jar.filter((cookie) => !(cookie.name === name && cookie.host === url.hostname))
    const expiresAt = maxAge === undefined ? Number.POSITIVE_INFINITY : now() + Number(maxAge) * 1000
    if (expiresAt <= now()) return
    jar.push({
      ...{ name, value, secure, expiresAt },
      host: url.hostname,
      path: set.get('path') ?? '/',
      sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
    })
  }

  function sent(url: URL, method: string, crossSite: boolean): string {
    return jar
      .filter(
        (cookie) =>
          cookie.host === url.hostname &&
          cookie.expiresAt > now() &&
          url.pathname.startsWith(cookie.path) &&
          (!crossSite || cookie.sameSite === 'none' || (cookie.sameSite === 'lax' && method === 'GET')),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  async function visit(target: string | URL, navigation: Navigation = {}): Promise<Page> {
    const { method = 'GET', form, from, headers = {} } = navigation
    const url = new URL(target)
    const source = from === undefined ? undefined : new URL(from)
    const crossSite = source !== undefined && source.hostname !== url.hostname
    const cookie = sent(url, method, crossSite)
    const derived = method === 'POST' ? source?.origin : undefined
    const origin = navigation.origin === undefined ? derived : (navigation.origin ?? undefined)
    const response = await send(
      url,
      method,
      {
        Accept: 'text/html',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...(origin === undefined ? {} : { Origin: origin }),
        ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      method === 'POST' ? new URLSearchParams(form).toString() : undefined,
    )
    const { body } = response
    for (const line of response.headers.getSetCookie()) take(url, line)
    const leads =
      response.headers.get('location') ?? /^\d+; ?url=(.*)$/i.exec(response.headers.get('refresh') ?? '')?.[1]
    return {
      url,
      status: response.status,
      headers: response.headers,
      body,
      next: leads === undefined ? undefined : new URL(leads, url),
    }
  }

  /** The Fetch standard, as far as it concerns an API: preflight, cookies, then whether the script may look. */
  async function fetching(target: string | URL, call: Fetching): Promise<Fetched> {
    const url = new URL(target)
    const page = new URL(call.from)
    const include = call.credentials !== 'omit'
    const crossSite = page.hostname !== url.hostname
    const isForm = call.body instanceof URLSearchParams
    const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
    const written: Record<string, string> = {
      ...(call.body === undefined ? {} : { 'Content-Type': type }),
      ...call.headers,
    }
    const allows = (headers: Headers) =>
      page.origin === url.origin ||
      (headers.get('access-control-allow-origin') === page.origin &&
        (!include || headers.get('access-control-allow-credentials') === 'true'))
    const asking = Object.keys(written).filter((name) => !isForm || name !== 'Content-Type')
    if (page.origin !== url.origin && (asking.length > 0 || !['GET', 'POST'].includes(call.method))) {
      const asked = await send(url, 'OPTIONS', {
        Origin: page.origin,
        'Access-Control-Request-Method': call.method,
        'Access-Control-Request-Headers': asking.join(','),
      })
      const listed = (name: string) => asked.headers.get(name)?.toLowerCase().split(', ') ?? []
      const granted = asking.every((name) =>
        listed('access-control-allow-headers').includes(name.toLowerCase()),
      )
      const methods = listed('access-control-allow-methods')
      if (!allows(asked.headers) || !granted || !methods.includes(call.method.toLowerCase())) {
        throw new TypeError('refused by preflight')
      }
    }
    // Third-party cookies are neither sent nor kept.
    const cookie = include && !crossSite ? sent(url, call.method, false) : ''
    const site = crossSite ? 'cross-site' : 'same-site'
    const response = await send(
      url,
      call.method,
      {
        ...{ Origin: page.origin, 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
        'Sec-Fetch-Site': page.origin === url.origin ? 'same-origin' : site,
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...written,
      },
      isForm ? String(call.body) : call.body === undefined ? undefined : JSON.stringify(call.body),
    )
    if (include && !crossSite) for (const line of response.headers.getSetCookie()) take(url, line)
    if (!allows(response.headers)) throw new TypeError('refused by CORS')
    const body = response.body === '' ? {} : JSON.parse(response.body)
    return { status: response.status, headers: response.headers, body }
  }

  return {
    visit,
    fetch: fetching,
    async follow(page, stop = () => false, most = 10) {
      let here = page
      for (let hop = 0; hop < most && here.next !== undefined && !stop(here.next); hop++) {
        here = await visit(here.next, { from: here.url.href })
      }
      return here
    },
    cookies: () => jar.map(({ name, value, host }) => ({ name, value, host })),
    setCookie: (url, line) => take(new URL(url), line),
    clearCookies() {
      jar = []
    },
  }
}

/** Over `node:http`: the global `fetch` writes its own Sec-Fetch-Mode. */
const overSocket: Send = (url, method, headers, body) => {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const received = new Headers()
        for (const [name, values] of Object.entries(response.headersDistinct)) {
          for (const value of values ?? []) received.append(name, value)
        }
        resolve({
          status: response.statusCode ?? 0,
          headers: received,
          body: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}
