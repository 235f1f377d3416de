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
  /** Follows redirects and refreshes from a page, at most `most`, until `stop` says so or nothing leads on. */
  follow(page: Page, stop?: (url: URL) => boolean, most?: number): Promise<Page>
  cookies(): readonly { name: string; value: string; host: string }[]
  setCookie(url: string | URL, line: string): void
  clearCookies(): void
}

export function createBrowser(clock?: TestClock): Browser {
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

  return {
    visit,
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
function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<{ status: number; headers: Headers; body: string }> {
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
