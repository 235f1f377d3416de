import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { expect, test } from 'vitest'
import { createScene } from '../verify.fixture.ts'
import { describeAdapter, listening } from './adapter.fixture.ts'
import { protect } from './hono.ts'

describeAdapter('Hono', (verifier, principal) => {
  const app = new Hono()
  app.onError((_, c) => c.text('fault', 500))
  app.get('/reports', protect(verifier), (c) => c.json(principal(c.get('auth'))))
  app.get('/write', protect(verifier, { scopes: ['reports:write'] }), (c) => c.json(principal(c.get('auth'))))
  const mounted = new Hono()
  mounted.use(protect(verifier))
  mounted.get('/reports', protect(verifier), (c) => c.json(principal(c.get('auth'))))
  app.route('/mounted', mounted)
  return listening(createServer(getRequestListener(app.fetch)))
})

test('a refusal keeps the CORS headers that were set before it', async () => {
  const app = new Hono()
  app.use(cors({ origin: 'https://app.example.com', exposeHeaders: ['WWW-Authenticate'] }))
  app.get('/', protect(createScene().verifier), (c) => c.text('in'))
  const response = await app.request('/', { headers: { origin: 'https://app.example.com' } })
  expect(response.status).toBe(401)
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
  expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate')
  expect(response.headers.get('www-authenticate')).toContain('DPoP')
})

test('S15 requirements that cannot be enforced are refused when the route is made', () => {
  const { verifier } = createScene()
  expect(() => protect(verifier, { scopes: [] })).toThrow(TypeError)
})
