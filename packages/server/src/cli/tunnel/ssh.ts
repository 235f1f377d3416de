import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** `user@host`, `host`, or `ssh://user@host:port`; never an option of ssh. */
export const isDestination = (text: string): boolean =>
  /^(ssh:\/\/)?([A-Za-z0-9_][\w.+-]*@)?([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?\/?$/.test(
    text,
  )

export interface TunnelOptions {
  destination: string
  /** Where the local server listens. */
  local: { host: string; port: number }
  /** The far side's port, with an address before it where it should not be the default: `0.0.0.0:8080`. */
  remote: string
  /** A configuration file instead of the user's own. */
  sshConfig?: string
  /** Wait for an address that the far side prints, as tunnel services do; else its shell is not started. */
  printsAddress: boolean
}

export interface Tunnel {
  /** What the far side has printed. */
  onText(listener: (text: string) => void): void
  /** Resolves with what ssh has said of its end. */
  ended: Promise<string>
  close(): Promise<void>
}

/** The arguments for OpenSSH: it ends when the far port is taken, and when the far side is gone for 45 s. */
export function sshArguments({
  destination,
  local,
  remote,
  sshConfig,
  printsAddress,
}: TunnelOptions): string[] {
  const host = local.host.includes(':') ? `[${local.host}]` : local.host
  return [
    ...(sshConfig === undefined ? [] : ['-F', sshConfig]),
    ...(printsAddress ? [] : ['-N']),
    '-T',
    ...['ExitOnForwardFailure=yes', 'ServerAliveInterval=15', 'ServerAliveCountMax=3'].flatMap((option) => [
      '-o',
      option,
    ]),
    '-R',
    `${remote}:${host}:${local.port}`,
    '--',
    destination,
  ]
}

/** @param command `ssh`, as it is found in the PATH */
export function openTunnel(options: TunnelOptions, command = 'ssh'): Tunnel {
  // The terminal's own stdin stays out of it: ssh asks for passwords on the terminal itself.
  const child = spawn(command, sshArguments(options), { stdio: ['pipe', 'pipe', 'pipe'] })
  const listeners: ((text: string) => void)[] = []
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const listener of listeners) listener(text)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4_000)
    for (const listener of listeners) listener(text)
  })
  const ended = Promise.race([
    once(child, 'close').then(([code, signal]) => errors.trim() || `ssh ended with ${code ?? signal}`),
    once(child, 'error').then(([error]) =>
      error.code === 'ENOENT' ? 'there is no ssh here: install OpenSSH' : String(error.message),
    ),
  ])
  return {
    onText: (listener) => void listeners.push(listener),
    ended,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What has been printed to the end of a line: an address that is still being printed looks whole, and is somebody else's. */
export const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1)

/** The first https address in what a tunnel service prints; http only on loopback. */
export function addressIn(text: string): string | undefined {
  for (const [found] of text.matchAll(/https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(?=[\s/,)"']|$)/g)) {
    const url = URL.parse(found)
    const loopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost'
    if (url !== null && (url.protocol === 'https:' || loopback)) return url.origin
  }
  return undefined
}
