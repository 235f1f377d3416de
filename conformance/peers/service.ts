import { createServer } from 'node:http'
import { createVerifier } from '@latchkey/verify'
import { protect } from '@latchkey/verify/node'

export interface Service {
  url: string
  close(): Promise<void>
}

/** A micro service on a socket that lets in whom `@latchkey/verify` lets in, and answers who it is. */
export async function startService(options: {
  issuer: string
  audience: string
  clock: { now(): number }
}): Promise<Service> {
  const server = createServer((request, response) => {
    void handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const verifier = createVerifier({ ...options, baseUrl: url })
  const handler = protect(verifier, (_, response, { issuer, subject, clientId, scopes }) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ issuer, subject, clientId, scopes: [...scopes] }))
  })
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
