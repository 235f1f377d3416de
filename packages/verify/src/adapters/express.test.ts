import { createServer } from 'node:http'
import express, { type ErrorRequestHandler, type Request } from 'express'
import { expect, test } from 'vitest'
import type { Verified } from '../token/verified.ts'
import { createScene } from '../verify.fixture.ts'
import { describeAdapter, listening } from './adapter.fixture.ts'
import { protect } from './express.ts'

function authOf(req: Request): Verified {
  if (!req.auth) throw new Error('not authenticated')
  return req.auth
}

const onError: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(500).end('fault')
}

describeAdapter('Express', (verifier, principal) => {
  const app = express()
  app.get('/reports', protect(verifier), (req, res) => {
    res.json(principal(authOf(req)))
  })
  app.get('/write', protect(verifier, { scopes: ['reports:write'] }), (req, res) => {
    res.json(principal(authOf(req)))
  })
  const mounted = express.Router()
  mounted.use(protect(verifier))
  mounted.get('/reports', protect(verifier), (req, res) => {
    res.json(principal(authOf(req)))
  })
  app.use('/mounted', mounted)
  app.use(onError)
  return listening(createServer(app))
})

test('S15 requirements that cannot be enforced are refused when the route is made', () => {
  const { verifier } = createScene()
  expect(() => protect(verifier, { scopes: [] })).toThrow(TypeError)
})
