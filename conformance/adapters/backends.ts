// Backends of four kinds, each with routes of its own beside Latchkey's, on real sockets.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Latchkey } from '@latchkey/server'
import { latchkeyExpress } from '@latchkey/server/express'
import { latchkeyFastify } from '@latchkey/server/fastify'
import { latchkeyHono } from '@latchkey/server/hono'
import { latchkeyNode } from '@latchkey/server/node'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'

/** Whether the backend reads bodies before Latchkey comes, which it is told not to do. */
export type Order = 'latchkey first' | 'parsers first'

export interface Backend {
  listener: RequestListener
  /** What the backend's own error handling was told. */
  errors: string[]
  close(): Promise<void>
}

export type Build = (latchkey: Latchkey, order: Order) => Promise<Backend>

/**
 * Each has `GET /hello`, `POST /own/form`, which answers the form it got, `GET /token/own` and `GET /callback`, which only
 * look like Latchkey's, and a 404 of its own.
 */
export const backends: [name: string, build: Build][] = [
  ['Express', buildExpress],
  ['Fastify', buildFastify],
  ['Hono', buildHono],
  ['node:http', buildNode],
]

const own = ['/token/own', '/callback', '/authorize/', '/own/providers', '/.well-known/own']
const notFound = 'the backend has no such page'

async function buildExpress(latchkey: Latchkey, order: Order): Promise<Backend> {
  const errors: string[] = []
  const app = express()
  app.set('strict routing', true)
  const parsers = [express.json(), express.urlencoded({ extended: false })]
  if (order === 'parsers first') app.use(...parsers)
  app.use(latchkeyExpress(latchkey))
  if (order === 'latchkey first') app.use(...parsers)
  app.get('/hello', (_, response) => void response.send('hello'))
  app.post('/own/form', (request, response) => void response.json(request.body))
  for (const path of own) app.get(path, (_, response) => void response.send('own'))
  app.use((_, response) => void response.status(404).send(notFound))
  app.use((error: Error, _: express.Request, response: express.Response, __: express.NextFunction) => {
    errors.push(error.message)
    response.status(500).send('the backend failed')
  })
  return { listener: app, errors, close: async () => undefined }
}

async function buildFastify(latchkey: Latchkey, order: Order): Promise<Backend> {
  const errors: string[] = []
  const { promise: listening, resolve } = Promise.withResolvers<RequestListener>()
  const app = fastify({
    // The socket is the test's, as it is for the others.
    serverFactory: (handler) => {
      resolve((request: IncomingMessage, response: ServerResponse) => handler(request, response))
      return createServer()
    },
  })
  const parse = () =>
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
  if (order === 'parsers first') parse()
  await app.register(latchkeyFastify, { latchkey })
  if (order === 'latchkey first') parse()
  app.get('/hello', (_, reply) => reply.send('hello'))
  app.post('/own/form', (request, reply) => reply.send(request.body))
  for (const path of own) app.get(path, (_, reply) => reply.send('own'))
  app.setNotFoundHandler(async (_, reply) => reply.code(404).send(notFound))
  app.setErrorHandler(async (error: Error, _, reply) => {
    errors.push(error.message)
    return reply.code(500).send('the backend failed')
  })
  await app.ready()
  return { listener: await listening, errors, close: () => app.close() }
}

async function buildHono(latchkey: Latchkey, order: Order): Promise<Backend> {
  const errors: string[] = []
  const app = new Hono()
  const readForm: Parameters<typeof app.use>[1] = async (c, next) => {
    if (c.req.method === 'POST') await c.req.parseBody()
    await next()
  }
  if (order === 'parsers first') app.use('*', readForm)
  app.use(latchkeyHono(latchkey))
  app.get('/hello', (c) => c.text('hello'))
  app.post('/own/form', async (c) => c.json(await c.req.parseBody()))
  for (const path of own) app.get(path, (c) => c.text('own'))
  app.notFound((c) => c.text(notFound, 404))
  app.onError((error, c) => {
    errors.push(error.message)
    return c.text('the backend failed', 500)
  })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  return {
    listener: (request, response) => void listener(request, response),
    errors,
    close: async () => undefined,
  }
}

async function buildNode(latchkey: Latchkey, order: Order): Promise<Backend> {
  const errors: string[] = []
  const warned = (warning: Error) => void errors.push(warning.message)
  process.on('warning', warned)
  const handle = latchkeyNode(latchkey)
  const text = (response: ServerResponse, status: number, body: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain' })
    response.end(body)
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = async (): Promise<string> => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      return body
    }
    const early = order === 'parsers first' ? await read() : undefined
    if (handle(request, response)) return
    const [path = ''] = (request.url ?? '').split('?')
    if (path === '/hello') return text(response, 200, 'hello')
    if (path === '/own/form') {
      const form = new URLSearchParams(early ?? (await read()))
      return text(response, 200, JSON.stringify(Object.fromEntries(form)))
    }
    if (own.includes(path)) return text(response, 200, 'own')
    return text(response, 404, notFound)
  }
  return {
    listener: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        errors.push(error instanceof Error ? error.message : String(error))
        text(response, 500, 'the backend failed')
      })
    },
    errors,
    close: async () => void process.off('warning', warned),
  }
}

export function listenOn(listener: RequestListener): Promise<{ port: number; server: Server }> {
  const server = createServer({ maxHeaderSize: 65_536 }, listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 })
    })
  })
}
