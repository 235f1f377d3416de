import { listen } from '../http/listen.ts'
import { main } from './main.ts'

/**
 * The command with a server that only knows three paths, for tests that need a process of its own. `/slow` answers
 * when the process is told to end; `/stray` leaves an error behind that nobody catches.
 */
const fetch = (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === '/slow') {
    process.stderr.write('{"msg":"slow has begun"}\n')
    return new Promise((resolve) => process.once('SIGTERM', () => resolve(new Response('late'))))
  }
  if (pathname === '/stray') {
    void Promise.reject(new Error('nobody catches this'))
    setImmediate(() => {
      throw new Error('nor this')
    })
  }
  return Promise.resolve(new Response('answered'))
}

process.exitCode = await main(process.argv.slice(2), undefined, async () => ({
  openLatchkey: async (config, { logger, migrate }) => {
    logger.info({ migrate, warnings: config.warnings }, 'opened')
    const operations = { fetch }
    return {
      fetch,
      operations,
      drain: () => undefined,
      close: async () => logger.info({}, 'database closed'),
    }
  },
  listen,
}))
