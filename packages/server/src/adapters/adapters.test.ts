import { createServer, type RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import type { Latchkey } from '../latchkey.ts'
import { mountedTooLate } from './body.ts'
import { latchkeyExpress } from './express.ts'
import { latchkeyFastify } from './fastify.ts'
import { latchkeyHono } from './hono.ts'
import { latchkeyNode } from './node.ts'

/** Where requests were told to come from. */
const senders: unknown[] = []
/** Answers what it was asked. */
const latchkey: Latchkey = {
  issuer: 'http://127.0.0.1/auth',
  matches: (pathname) => pathname === '/auth/token',
  fetch: async (request, sender) => {
    senders.push(sender?.remoteAddress)
    return new Response(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`)
  },
  rotateKeys: async () => ({ rotated: false, kid: 'k', beginsAt: 0, revoked: [] }),
  operations: { fetch: async () => new Response() },
  drain: () => undefined,
  close: async () => undefined,
}

async function ask(listener: RequestListener, path: string, body?: string): Promise<[number, string]> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const init = body === undefined ? {} : { method: 'POST', body }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  const answer: [number, string] = [response.status, await response.text()]
  server.closeAllConnections()
  server.close()
  return answer
}

describe('latchkeyNode', () => {
  const handle = latchkeyNode(latchkey)
  const plain: RequestListener = (request, response) => {
    if (!handle(request, response)) response.end('own')
  }

  it('answers Latchkey’s paths and says false to others', async () => {
    expect(await ask(plain, '/auth/token?x=1', 'a=b')).toEqual([200, 'POST /auth/token a=b'])
    expect(await ask(plain, '/auth/tokens', 'a=b')).toEqual([200, 'own'])
  })

  it('X13 answers 500 and warns, rather than throw, when the body has been read', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const greedy: RequestListener = (request, response) => {
      request.resume().on('end', () => plain(request, response))
    }
    const [status, text] = await ask(greedy, '/auth/token', 'a=b')
    expect([status, JSON.parse(text)]).toEqual([
      500,
      { error: 'server_error', error_description: mountedTooLate },
    ])
    expect(warn).toHaveBeenCalledWith(mountedTooLate, 'LatchkeyWarning')
    expect(await ask(greedy, '/auth/token'), 'no body, nothing lost').toEqual([200, 'GET /auth/token '])
    warn.mockRestore()
  })
})

describe('latchkeyExpress', () => {
  it.each(['/', '/auth'])('names the whole path when it is mounted at %s', async (at) => {
    const app = express()
      .use(at, latchkeyExpress(latchkey))
      .use((_, response) => void response.send('own'))
    expect(await ask(app, '/auth/token?x=1', 'a=b')).toEqual([200, 'POST /auth/token a=b'])
    expect(await ask(app, '/auth/other')).toEqual([200, 'own'])
  })

  it('hands the error on when the body has been read', async () => {
    const errors: string[] = []
    const app = express()
      .use(express.text({ type: () => true }), latchkeyExpress(latchkey))
      .use((error: Error, _: express.Request, response: express.Response, __: express.NextFunction) => {
        errors.push(error.message)
        response.status(500).send('failed')
      })
    expect(await ask(app, '/auth/token', 'a=b')).toEqual([500, 'failed'])
    expect(errors).toEqual([mountedTooLate])
  })
})

describe('latchkeyHono', () => {
  it('passes on what is not Latchkey’s, and throws when the body has been read', async () => {
    const app = new Hono().use(latchkeyHono(latchkey)).all('*', (c) => c.text('own'))
    const init = { method: 'POST', body: 'a=b' }
    expect(await (await app.request('/auth/token', init)).text()).toBe('POST /auth/token a=b')
    expect(await (await app.request('/auth/token/x', init)).text()).toBe('own')
    const greedy = new Hono()
      .use(async (c, next) => {
        await c.req.text()
        return next()
      })
      .use(latchkeyHono(latchkey))
      .onError((error, c) => c.text(error.message, 500))
    expect(await (await greedy.request('/auth/token', init)).text()).toBe(mountedTooLate)
  })
})

describe('X02 the peer of the socket', () => {
  const handle = latchkeyNode(latchkey)
  const onHono = new Hono().use(latchkeyHono(latchkey))
  const listener = getRequestListener(onHono.fetch, { overrideGlobalObjects: false })

  it.each<[string, RequestListener]>([
    ['node:http', (request, response) => void handle(request, response)],
    ['Express', express().use(latchkeyExpress(latchkey))],
    ['Hono', (request, response) => void listener(request, response)],
  ])('is handed over by %s, whatever the headers say', async (_, app) => {
    senders.length = 0
    await ask(app, '/auth/token', 'a=b')
    expect(senders).toEqual(['127.0.0.1'])
  })

  it('is handed over by Fastify', async () => {
    senders.length = 0
    const app = fastify({ trustProxy: true })
    await app.register(latchkeyFastify, { latchkey })
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    await fetch(`${url}/auth/token`, { headers: { 'X-Forwarded-For': '203.0.113.1' } })
    await app.close()
    expect(senders).toEqual(['127.0.0.1'])
  })

  it('is unknown on other runtimes, unless whoever mounts it says how to find it', async () => {
    senders.length = 0
    await onHono.request('/auth/token')
    await onHono.request('/auth/token', {}, { incoming: 'something else' })
    const told = new Hono().use(latchkeyHono(latchkey, { remoteAddress: () => '198.51.100.7' }))
    await told.request('/auth/token')
    expect(senders).toEqual([undefined, undefined, '198.51.100.7'])
  })
})
