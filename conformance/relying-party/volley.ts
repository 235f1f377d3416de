import { connect } from 'node:net'

/**
 * Sends GET requests one after the other down a few connections, without waiting in between (RFC 9112 section 9.3.2),
 * and gives what came back as text: thousands of requests for the price of a few.
 */
export async function volley(origin: string, targets: readonly string[], connections = 4): Promise<string> {
  const { hostname, port, host } = new URL(origin)
  const share = Math.ceil(targets.length / connections)
  const answers = Array.from({ length: connections }, (_, index) => {
    const mine = targets.slice(index * share, (index + 1) * share)
    const requests = mine.map((target, at) => {
      const connection = at === mine.length - 1 ? 'close' : 'keep-alive'
      return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: ${connection}\r\n\r\n`
    })
    return new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = []
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(requests.join('')))
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.on('error', reject)
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    })
  })
  return (await Promise.all(answers)).join('')
}
