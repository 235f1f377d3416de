import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const sshd = '/usr/sbin/sshd'

export const hasSshd = (): boolean => existsSync(sshd) && existsSync('/usr/bin/ssh-keygen')
export const howToGetSshd =
  'skipped: no sshd. On Debian: apt-get install --no-install-recommends openssh-server'

export interface Sshd {
  destination: string
  /** For `--ssh-config`: knows the host's key and has the only key that it takes. */
  sshConfig: string
  /** Ends who is logged in. */
  hangUp(): void
  close(): Promise<void>
}

/** One that the system gives nobody by itself: it is still free when it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

/** A real sshd on loopback, with keys of its own, that lets this user in. @param prints what a log-in prints, as tunnel services do */
export async function startSshd(prints?: string): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-sshd-'))
  const port = await freePort()
  const { username, uid } = userInfo()
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const key = (name: string): string => {
    const path = join(folder, name)
    execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path])
    return path
  }
  const hostKey = key('host')
  const userKey = key('user')
  // Log-ins end with it.
  const open = file('open', '')
  // Where it would keep a process of its own without rights.
  if (uid === 0) mkdirSync('/run/sshd', { recursive: true })
  const config = file(
    'sshd_config',
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${userKey}.pub`,
      `PidFile ${join(folder, 'pid')}`,
      ...['PermitRootLogin yes', 'PasswordAuthentication no', 'StrictModes no', 'UsePAM no', 'PrintMotd no'],
      ...(prints === undefined
        ? []
        : [`ForceCommand echo '${prints}'; while [ -e ${open} ]; do sleep 0.1; done`]),
    ].join('\n'),
  )
  const hosts = file('known_hosts', `[127.0.0.1]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8')}`)
  const sshConfig = file(
    'ssh_config',
    [
      `UserKnownHostsFile ${hosts}`,
      `IdentityFile ${userKey}`,
      ...['IdentitiesOnly yes', 'StrictHostKeyChecking yes', 'BatchMode yes'],
    ].join('\n'),
  )
  const child = spawn(sshd, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  await listening(port, child, () => said)
  return {
    destination: `ssh://${username}@127.0.0.1:${port}`,
    sshConfig,
    hangUp: () => rmSync(open),
    async close() {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`sshd: ${said()}`)
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
