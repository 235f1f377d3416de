import type { Connections, Reply } from './connections.ts'

export interface Send {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

/** One person's browser, as far as a sign-in needs it: it keeps cookies, origin by origin, and follows nothing by itself. */
export interface Browser {
  send(url: string, options?: Send): Promise<Reply>
}

export function createBrowser(connections: Connections): Browser {
  const jars = new Map<string, Map<string, string>>()
  return {
    async send(url, { method = 'GET', headers = {}, body } = {}) {
      const target = new URL(url)
      const jar = jars.get(target.origin)
      const all: Record<string, string> = { accept: '*/*', ...headers }
      if (jar && jar.size > 0) all.cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')
      const reply = await connections.exchange(target, method, all, body)
      if (reply.setCookies.length > 0) jars.set(target.origin, keep(jar ?? new Map(), reply.setCookies))
      return reply
    },
  }
}

/** RFC 6265 as far as these servers use it: a cookie of Max-Age 0 or an Expires in the past goes. */
export function keep(jar: Map<string, string>, setCookies: readonly string[]): Map<string, string> {
  for (const cookie of setCookies) {
    const [pair = '', ...attributes] = cookie.split(';')
    const name = pair.slice(0, pair.indexOf('=')).trim()
    const gone = attributes.some((attribute) => {
      const [key = '', value = ''] = attribute.trim().split('=')
      if (/^max-age$/i.test(key)) return Number(value) <= 0
      return /^expires$/i.test(key) && Date.parse(value) <= 0
    })
    if (gone) jar.delete(name)
    else jar.set(name, pair.slice(pair.indexOf('=') + 1).trim())
  }
  return jar
}

/** Where an answer leads: `Location` of a redirect, or the `Refresh` of a page that goes on by itself. */
export function leadsTo(reply: Reply, base: string): string {
  const { location, refresh } = reply.headers
  if (location !== undefined && reply.status >= 300 && reply.status < 400) return new URL(location, base).href
  if (refresh !== undefined && reply.status === 200) {
    const target = /^\s*0\s*;\s*url=(.+)$/i.exec(refresh)?.[1]
    if (target) return new URL(target.replace(/^(["'])(.*)\1$/, '$2'), base).href
  }
  throw new Error(`${reply.status} leads nowhere: ${reply.body.slice(0, 300)}`)
}

export const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

export const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** Reads a JSON object's member that must be a string. */
export function member(reply: Reply, name: string): string {
  const value: unknown = JSON.parse(reply.body)
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof found !== 'string')
    throw new Error(`${reply.status} without "${name}": ${reply.body.slice(0, 300)}`)
  return found
}
