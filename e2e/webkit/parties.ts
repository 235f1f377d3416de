import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { selfSigned } from '@latchkey/testing'

/** One request as a party got it. */
export interface Arrival {
  method: string
  path: string
  origin: string | undefined
  referer: string | undefined
  cookies: string[]
}

type Answer = (request: Arrival, query: URLSearchParams, response: ServerResponse) => void

/** A server of one site, over https; every request is noted, queries left out. */
export interface Party {
  origin: string
  arrivals: Arrival[]
  /** The latest request for that path, if there was one. */
  last(path: string): Arrival | undefined
  close(): Promise<void>
}

/** @param host a loopback address or `localhost`: each is a site of its own; ports do not count */
export async function party(host: string, pages: () => Record<string, Answer>): Promise<Party> {
  const arrivals: Arrival[] = []
  const server = createServer(selfSigned('localhost'), (message: IncomingMessage, response) => {
    const url = new URL(message.url ?? '/', 'https://x')
    const { origin, referer, cookie } = message.headers
    const arrival = {
      method: message.method ?? '',
      path: url.pathname,
      origin,
      referer,
      cookies: cookie?.split('; ') ?? [],
    }
    arrivals.push(arrival)
    response.setHeader('Content-Type', 'text/html')
    response.setHeader('Cache-Control', 'no-store')
    const answer = pages()[url.pathname]
    if (answer === undefined) response.writeHead(404).end()
    else answer(arrival, url.searchParams, response)
  })
  server.listen(0, host === 'localhost' ? '127.0.0.1' : host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `https://${host}:${address.port}`,
    arrivals,
    last: (path) => arrivals.findLast((arrival) => arrival.path === path),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export const go = (response: ServerResponse, status: 303 | 307, location: string) =>
  void response.writeHead(status, { Location: location }).end()

/** As Latchkey answers a form POST: a redirect would fall under the page's `form-action`. */
export const refresh = (response: ServerResponse, url: string) =>
  void response.writeHead(200, { Refresh: `0;url=${url}` }).end('<title>on</title>')
