import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import type { CommandContext } from './context.ts'
import { main } from './main.ts'
import { addressIn, isDestination, sshArguments, wholeLines } from './tunnel/ssh.ts'
import { freePort, hasSshd, howToGetSshd, type Sshd, startSshd } from './tunnel/sshd.fixture.ts'

if (!hasSshd()) process.stderr.write(`${howToGetSshd}\n`)

let folder = ''
let local = 0
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-tunnel-'))
  local = await freePort()
})
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

function configure(changes: Record<string, unknown> = {}): void {
  const config = { ...testConfig, listen: `127.0.0.1:${local}`, ...changes }
  writeFileSync(join(folder, 'latchkey.config.json'), JSON.stringify(config))
}

/** A server that says this of itself. */
async function serve(
  port: number,
  issuer: string | undefined,
  path = '',
  host = '127.0.0.1',
): Promise<Server> {
  const server = createServer((request, response) => {
    const found = request.url === `/.well-known/oauth-authorization-server${path}` && issuer !== undefined
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(found ? JSON.stringify({ issuer }) : '{}')
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))
  return server
}

function run(args: string[]) {
  const signals = new EventEmitter()
  const said = { out: '', err: '' }
  const context: CommandContext = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    ...{ env: {}, cwd: folder, signals },
  }
  const ended = main(['tunnel', ...args], context, () => Promise.reject(new Error('the server was loaded')))
  return { said, ended, stop: () => signals.emit('SIGINT') }
}

async function sshd(prints?: string): Promise<Sshd> {
  const started = await startSshd(prints)
  closing.push(started.close)
  return started
}

async function untilSaid(running: ReturnType<typeof run>, text: string): Promise<void> {
  await expect.poll(() => `${running.said.out}${running.said.err}`, { timeout: 15_000 }).toContain(text)
}

describe.skipIf(!hasSshd())('latchkey tunnel, by a real sshd (skipped where there is none)', () => {
  it('leads the far port here, says what to register, and ends when it is told', async () => {
    const far = await freePort()
    const issuer = `http://127.0.0.1:${far}`
    configure({ issuer })
    await serve(local, issuer)
    const { destination, sshConfig } = await sshd()
    const running = run([
      destination,
      '--ssh-config',
      sshConfig,
      '--remote',
      String(far),
      '--public-url',
      issuer,
    ])
    await untilSaid(running, `ready ${issuer}\n`)
    expect(running.said.out).toContain(`${issuer} leads to 127.0.0.1:${local}`)
    expect(running.said.out).toContain(`${issuer}/callback/acme\n`)
    expect(running.said.out).not.toContain('In the configuration')
    running.stop()
    expect(await running.ended).toBe(0)
    await expect(fetch(issuer)).rejects.toThrow('fetch failed')
  })

  it('takes the address that a tunnel service prints, and waits for the server to be called so', async () => {
    const far = await freePort()
    const issuer = `http://127.0.0.1:${far}`
    configure({ issuer: 'http://127.0.0.1:4000/auth' })
    const server = await serve(local, 'http://127.0.0.1:4000/auth', '/auth')
    const { destination, sshConfig } = await sshd(`tunneled with tls termination, ${issuer}`)
    const running = run([destination, '--ssh-config', sshConfig, '--remote', String(far)])
    await untilSaid(running, `set "issuer": "${issuer}/auth"`)
    expect(running.said.out).toContain(`${issuer}/auth/callback/acme\n`)
    await new Promise((resolve) => server.close(resolve).closeAllConnections())
    await untilSaid(running, 'run "latchkey serve" in another terminal')
    await serve(local, `${issuer}/auth`, '/auth')
    await untilSaid(running, `ready ${issuer}/auth\n`)
    running.stop()
    expect(await running.ended).toBe(0)
  })

  it('says when the public address leads elsewhere', async () => {
    const [far, elsewhere] = [await freePort(), await freePort()]
    const issuer = `http://127.0.0.1:${elsewhere}`
    configure({ issuer })
    await serve(local, issuer)
    const { destination, sshConfig } = await sshd()
    const running = run([
      destination,
      '--ssh-config',
      sshConfig,
      '--remote',
      String(far),
      '--public-url',
      issuer,
    ])
    await untilSaid(running, 'does not lead here: nothing listens there')
    await serve(elsewhere, 'https://another.example.com')
    await untilSaid(running, 'another server answers there: https://another.example.com')
    running.stop()
    expect(await running.ended).toBe(0)
  })

  it('ends with what ssh says when the far port is taken', async () => {
    const far = await freePort()
    const issuer = `http://127.0.0.1:${far}`
    configure({ issuer })
    // Of both families: sshd is content with one.
    await serve(far, issuer, '', '::')
    const { destination, sshConfig } = await sshd()
    const running = run([
      destination,
      '--ssh-config',
      sshConfig,
      '--remote',
      String(far),
      '--public-url',
      issuer,
    ])
    expect(await running.ended).toBe(1)
    expect(running.said.err).toMatch(/remote port forwarding failed/)
  })

  it('ends when the far side goes away', async () => {
    const far = await freePort()
    const issuer = `http://127.0.0.1:${far}`
    configure({ issuer })
    await serve(local, issuer)
    const there = await sshd(`see ${issuer}`)
    const running = run([there.destination, '--ssh-config', there.sshConfig, '--remote', String(far)])
    await untilSaid(running, `ready ${issuer}`)
    there.hangUp()
    expect(await running.ended).toBe(1)
    expect(running.said.err).toContain('the tunnel ended: ')
  })
})

describe('what it is told', () => {
  it.each([
    'you@dev.example.com',
    'dev',
    'ssh://you@dev.example.com:2222',
    'nokey@localhost.run',
    'you@[::1]:22',
  ])('%s is a destination', (text) => {
    expect(isDestination(text)).toBe(true)
  })

  it.each([
    '-oProxyCommand=touch',
    '',
    'you@',
    'a b',
    'you@-host',
    'http://host',
    'you@host;id',
    'ssh://-o@x y',
  ])('%j is none, and ssh is not started', async (text) => {
    expect(isDestination(text)).toBe(false)
    configure()
    const { ended } = run(['--', text])
    expect(await ended).toBe(2)
  })

  it.each([
    ['--remote', 'eighty'],
    ['--remote', '-1'],
    ['--public-url', 'http://dev.example.com'],
    ['--public-url', 'https://dev.example.com/path'],
    ['--public-url', 'dev.example.com'],
  ])('refuses %s %s', async (flag, value) => {
    configure()
    const { said, ended } = run(['you@dev.example.com', `${flag}=${value}`])
    expect(await ended).toBe(2)
    expect(said.err).toContain(`${flag} ${value} is no`)
  })

  it('needs a configuration', async () => {
    const { said, ended } = run(['you@dev.example.com', '--public-url', 'https://dev.example.com'])
    expect(await ended).toBe(2)
    expect(said.err).toContain('latchkey.config.json')
  })

  it('gives ssh nothing that it could take for an option', () => {
    const options = { destination: 'you@host', local: { host: '::1', port: 4000 }, remote: '80' }
    expect(sshArguments({ ...options, printsAddress: false })).toEqual([
      ...['-N', '-T', '-o', 'ExitOnForwardFailure=yes', '-o', 'ServerAliveInterval=15'],
      ...['-o', 'ServerAliveCountMax=3', '-R', '80:[::1]:4000', '--', 'you@host'],
    ])
  })

  it('waits for the end of an address, since its beginning may be somebody else’s', () => {
    const printed = 'see the manual\nhttps://abc.lhr.li'
    expect(addressIn(wholeLines(printed))).toBeUndefined()
    expect(addressIn(wholeLines(`${printed}fe\n`))).toBe('https://abc.lhr.life')
  })

  it.each([
    ['abc.lhr.life tunneled with tls termination, https://abc.lhr.life', 'https://abc.lhr.life'],
    ['Forwarding HTTP traffic from https://abc.serveo.net\n', 'https://abc.serveo.net'],
    ['see http://example.com', undefined],
    ['nothing', undefined],
  ])('finds the address in %j', (text, address) => {
    expect(addressIn(text)).toBe(address)
  })
})
