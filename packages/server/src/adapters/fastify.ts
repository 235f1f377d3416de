import type { FastifyPluginCallback } from 'fastify'
import type { Latchkey } from '../latchkey.ts'
import { latchkeyNode } from './node.ts'

/** `await app.register(latchkeyFastify, { latchkey })`, at the root: answers Latchkey's own paths before Fastify reads anything. */
export const latchkeyFastify: FastifyPluginCallback<{ latchkey: Latchkey }> = (app, { latchkey }, done) => {
  const handle = latchkeyNode(latchkey)
  app.addHook('onRequest', (request, reply, next) => {
    const [pathname = ''] = request.url.split('?')
    if (!latchkey.matches(pathname)) {
      next()
      return
    }
    reply.hijack()
    handle(request.raw, reply.raw)
  })
  done()
}
// The hook is for the whole application, not for this plugin's own scope alone.
Object.assign(latchkeyFastify, { [Symbol.for('skip-override')]: true })
