import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import type { Verified } from '../token/verified.ts'
import { createScene } from '../verify.fixture.ts'
import { describeAdapter } from './adapter.fixture.ts'
import { protect } from './fastify.ts'

function authOf(request: FastifyRequest): Verified {
  if (!request.auth) throw new Error('not authenticated')
  return request.auth
}

describeAdapter('Fastify', async (verifier, principal) => {
  const app = Fastify()
  const handler = (request: FastifyRequest, reply: FastifyReply) => reply.send(principal(authOf(request)))
  app.get('/reports', { onRequest: protect(verifier) }, handler)
  app.get('/write', { onRequest: protect(verifier, { scopes: ['reports:write'] }) }, handler)
  app.register(
    async (mounted) => {
      mounted.addHook('onRequest', protect(verifier))
      mounted.get('/reports', { onRequest: protect(verifier) }, handler)
    },
    { prefix: '/mounted' },
  )
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app.server
})

test('S15 requirements that cannot be enforced are refused when the route is made', () => {
  const { verifier } = createScene()
  expect(() => protect(verifier, { scopes: [] })).toThrow(TypeError)
})
