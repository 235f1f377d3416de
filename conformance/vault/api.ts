import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

/** The API of a provider, as far as the proxy is concerned: nothing of ours. */
export interface ProviderApi {
  /** For `api_hosts`. */
  host: string
  /** Every request so far. */
  readonly requests: { method: string; url: string; headers: IncomingHttpHeaders; raw: string[] }[]
  /** How the next requests are answered. Default: 200 with the body that came, in JSON. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  close(): Promise<void>
}

export async function startApi(): Promise<ProviderApi> {
  const api: ProviderApi = { host: '', requests: [], answer: undefined, close }
  const server = createServer((request, response) => {
    const { method = '', url = '', headers, rawHeaders: raw } = request
    api.requests.push({ method, url, headers, raw })
    if (api.answer !== undefined) {
      api.answer(request, response)
      return
    }
    void (async () => {
      let text = ''
      for await (const chunk of request.setEncoding('utf8')) text += chunk
      response.writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"' })
      response.end(JSON.stringify({ received: text }))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  api.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return api

  async function close() {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
