import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { createConnections } from './connections.ts'
import { readReply } from './reply.ts'
import { listen } from './servers/listen.ts'

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\n'

it.each([
  ['a length', `${head}Content-Length: 5\r\n\r\nhello`, 'hello'],
  ['chunks', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n`, 'hello'],
  ['UTF-8', Buffer.from(`${head}content-length: 2\r\n\r\né`).toString('latin1'), 'é'],
  ['no body', 'HTTP/1.1 204 No Content\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n', ''],
])('reads a reply with %s, and only when it is whole', (_, text, body) => {
  const read = readReply(`${text}HTTP/1.1`)
  expect(read?.reply).toMatchObject({ setCookies: ['a=1', 'b=2'], body })
  expect(read?.length).toBe(text.length)
  for (let cut = 0; cut < text.length; cut++) expect(readReply(text.slice(0, cut))).toBeUndefined()
})

it('refuses a body that only the end of the connection ends', () => {
  expect(() => readReply(`${head}\r\n`)).toThrow('neither a length nor chunks')
})

it('exchanges with a real server, one connection after another request', async () => {
  const ports = new Set<number | undefined>()
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort)
    request.setEncoding('utf8').on('data', (chunk) => response.write(`${request.method} ${chunk}`))
    request.on('end', () => response.end())
  })
  const url = new URL(await listen(server, 0))
  const connections = createConnections()
  try {
    for (const body of ['one', 'two']) {
      expect(await connections.exchange(url, 'POST', { 'x-y': 'z' }, body)).toMatchObject({
        status: 200,
        body: `POST ${body}`,
      })
    }
    expect(ports.size).toBe(1)
  } finally {
    connections.close()
    server.close()
  }
})

it('rejects when the server hangs up', async () => {
  const server = createServer((request) => request.socket.destroy())
  const connections = createConnections()
  try {
    await expect(connections.exchange(new URL(await listen(server, 0)), 'GET', {})).rejects.toThrow(
      'without an answer',
    )
  } finally {
    connections.close()
    server.close()
  }
})
