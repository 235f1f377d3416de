import type { Config } from '../../config/index.ts'
import type { Reached } from './reach.ts'

/** The configured providers' redirect URIs once the issuer is this one. */
export function redirectUris(config: Pick<Config, 'issuer' | 'providers'>, issuer: string): string {
  const rows = config.providers.map(({ id, redirectUri }) => {
    const moved = redirectUri.startsWith(`${config.issuer}/`)
      ? `${issuer}${redirectUri.slice(config.issuer.length)}`
      : redirectUri
    return [id, moved] as const
  })
  const width = Math.max(...rows.map(([id]) => id.length))
  return rows.map(([id, uri]) => `  ${id.padEnd(width)}  ${uri}\n`).join('')
}

/** What a person should do about it. */
export function advice(reached: Reached, { local, issuer }: { local: string; issuer: string }): string {
  switch (reached.state) {
    case 'ready':
      return `ready ${issuer}\n`
    case 'no_server':
      return `Nothing answers at ${local}: run "latchkey serve" in another terminal.\n`
    case 'other_issuer':
      return `The server calls itself ${reached.issuer}: set "issuer": "${issuer}" and start it again.\n`
    case 'no_way':
      return [
        `${issuer} does not lead here: ${reached.reason}.`,
        'On a host of your own, a web server with a certificate has to pass requests on to the far port; without one,',
        'sshd listens on other addresses than loopback only with "GatewayPorts clientspecified".\n',
      ].join('\n')
  }
}
