// The same micro service four times, as its team would write it, on each of the frameworks that have an adapter.
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Requirements, Verified, Verifier } from '@latchkey/verify'
import { protect as protectExpress } from '@latchkey/verify/express'
import { protect as protectFastify } from '@latchkey/verify/fastify'
import { protect as protectHono } from '@latchkey/verify/hono'
import { protect as protectNode } from '@latchkey/verify/node'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import { close, listening, portOf } from './sockets.ts'

export const frameworks = ['Hono', 'Express', 'Fastify', 'node:http'] as const
export type Framework = (typeof frameworks)[number]

export interface Route {
  method: 'GET' | 'POST'
  path: string
  verifier: Verifier
  requirements?: Requirements
  /** What the handler answers, as JSON. It runs for whom the adapter lets through. */
  handle(auth: Verified): object
}

/** Of headers, in bytes: more than Node's own, so that what is too long is for the verifier to refuse. */
const maxHeaderSize = 1_000_000

/** All routes are there once more under this, behind a router where the framework has one, and protected twice. */
const prefix = '/v1'

const onError: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(500).end('fault')
}

/** As its framework runs it: without `auth`, if the adapter were to fail. */
type Handled = Omit<Route, 'handle'> & { handle(auth: Verified | undefined): object }

const servers: { [framework in Framework]: (routes: Handled[]) => Promise<Server> } = {
  Hono(routes) {
    const app = new Hono()
    const mounted = new Hono()
    for (const { method, path, verifier, requirements, handle } of routes) {
      const guard = protectHono(verifier, requirements)
      app.on(method, path, guard, (c) => c.json(handle(c.get('auth'))))
      mounted.on(method, path, guard, guard, (c) => c.json(handle(c.get('auth'))))
    }
    app.route(prefix, mounted)
    app.onError((_, c) => c.text('fault', 500))
    return listening(createServer({ maxHeaderSize }, getRequestListener(app.fetch)))
  },

  Express(routes) {
    const app = express()
    // As behind a proxy: what it says of the host is then in `req.hostname`, and no concern of the verifier's.
    app.set('trust proxy', true)
    app.use(express.urlencoded({ extended: true }))
    const mounted = express.Router()
    for (const { method, path, verifier, requirements, handle } of routes) {
      const guard = protectExpress(verifier, requirements)
      const verb = method === 'GET' ? 'get' : 'post'
      const handler: RequestHandler = (req, res) => void res.json(handle(req.auth))
      app.route(path)[verb](guard, handler)
      mounted.route(path)[verb](guard, guard, handler)
    }
    app.use(prefix, mounted)
    app.use(onError)
    return listening(createServer({ maxHeaderSize }, app))
  },

  async Fastify(routes) {
    const app = Fastify({ trustProxy: true, http: { maxHeaderSize } })
    app.setErrorHandler((_error, _request, reply) => reply.code(500).send('fault'))
    app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    const add = (to: FastifyInstance, { method, path, verifier, requirements, handle }: Handled) =>
      to.route({
        ...{ method, url: path, onRequest: protectFastify(verifier, requirements) },
        handler: (request, reply) => reply.send(handle(request.auth)),
      })
    for (const route of routes) add(app, route)
    app.register(
      async (mounted) => {
        for (const route of routes) {
          await mounted.register(async (inner) => {
            inner.addHook('onRequest', protectFastify(route.verifier, route.requirements))
            add(inner, route)
          })
        }
      },
      { prefix },
    )
    await app.listen({ host: '127.0.0.1', port: 0 })
    return app.server
  },

  'node:http'(routes) {
    const handlers = new Map<string, ReturnType<typeof protectNode>>()
    for (const { method, path, verifier, requirements, handle } of routes) {
      const handler = protectNode(
        verifier,
        (_, res, auth) => {
          res.setHeader('Content-Type', 'application/json').end(JSON.stringify(handle(auth)))
        },
        requirements,
      )
      handlers.set(`${method} ${path}`, handler)
      handlers.set(`${method} ${prefix}${path}`, protectNode(verifier, handler, requirements))
    }
    return listening(
      createServer({ maxHeaderSize }, (req, res) => {
        const path = URL.parse(req.url ?? '', 'http://localhost')?.pathname
        const handler = handlers.get(`${req.method === 'HEAD' ? 'GET' : req.method} ${path}`)
        if (handler) void handler(req, res)
        else res.writeHead(404).end()
      }),
    )
  },
}

export interface Service {
  framework: Framework
  port: number
  /** How often a handler has run. */
  handled(): number
  close(): Promise<void>
}

export async function startService(framework: Framework, routes: Route[]): Promise<Service> {
  let handled = 0
  const counted = routes.map((route) => ({
    ...route,
    handle(auth: Verified | undefined) {
      handled++
      if (auth === undefined) throw new Error('a handler ran for a request that was not authenticated')
      return route.handle(auth)
    },
  }))
  const server = await servers[framework](counted)
  return { framework, port: portOf(server), handled: () => handled, close: () => close(server) }
}
