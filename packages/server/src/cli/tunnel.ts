import type { Command } from 'commander'
import type { Config, ListenConfig } from '../config/index.ts'
import type { CommandContext, ExitCode } from './context.ts'

interface TunnelFlags {
  config?: string
  publicUrl?: string
  remote: string
  sshConfig?: string
}

/** Milliseconds between two looks at the public address. */
const pause = 1_000
/** Milliseconds that the far side has to print an address. */
const patience = 30_000

export function addTunnelCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('tunnel')
    .description('a public address for development, by "ssh -R", for providers that refuse localhost')
    .argument('<destination>', 'user@host, or ssh://user@host:port')
    .option(config.option, config.help)
    .option(
      '--public-url <url>',
      'what leads to the far port (default: the address that the far side prints)',
    )
    .option('--remote <[address:]port>', "the far side's port", '80')
    .option('--ssh-config <file>', 'for ssh, instead of your own')
    .addHelpText(
      'after',
      `
With a tunnel service that prints an address:   latchkey tunnel nokey@localhost.run
With a host of your own, where a web server with a certificate passes requests on to port 8080:
                                                latchkey tunnel you@dev.example.com --remote 8080 --public-url https://dev.example.com

Prints what to set as "issuer" and which redirect URIs to register, checks that the address leads to this server, and
stays until it is stopped.`,
    )
    .action(async (destination: string, flags: TunnelFlags) => end(await tunnel(destination, flags, context)))
}

async function tunnel(destination: string, flags: TunnelFlags, context: CommandContext): Promise<ExitCode> {
  const [{ loadConfig }, { addressIn, isDestination, openTunnel, wholeLines }] = await Promise.all([
    import('../config/index.ts'),
    import('./tunnel/ssh.ts'),
  ])
  const { out, err, env, cwd, signals } = context
  const refuse = (text: string): ExitCode => {
    err(`latchkey: ${text}\n`)
    return 2
  }
  if (!isDestination(destination)) return refuse(`${destination} is not user@host or ssh://user@host:port`)
  if (!/^([\w.*[\]:-]+:)?\d{1,5}$/.test(flags.remote)) return refuse(`--remote ${flags.remote} is no port`)
  const given = flags.publicUrl === undefined ? undefined : publicOrigin(flags.publicUrl)
  if (flags.publicUrl !== undefined && given === undefined) {
    return refuse(`--public-url ${flags.publicUrl} is not an https address without a path`)
  }
  const config = await loadConfig({ ...(flags.config === undefined ? {} : { file: flags.config }), env, cwd })
  if (config.listen.port === 0) return refuse('"listen" has port 0; give it a port of its own')

  const opened = openTunnel({
    destination,
    local: { host: loopbackOf(config.listen), port: config.listen.port },
    remote: flags.remote,
    printsAddress: given === undefined,
    ...(flags.sshConfig === undefined ? {} : { sshConfig: flags.sshConfig }),
  })
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) signals.on(name, () => resolve('stopped'))
  })
  const over = Promise.race([stopped, opened.ended])
  try {
    const origin = given ?? (await printedAddress(opened, over, { addressIn, wholeLines }))
    if (origin === undefined) {
      const reason = await Promise.race([over, Promise.resolve('it printed no address')])
      if (reason === 'stopped') return 0
      err(`latchkey: no tunnel: ${reason}; with a host of your own, say --public-url\n`)
      return 1
    }
    const issuer = `${origin}${new URL(config.issuer).pathname.replace(/\/$/, '')}`
    out(intro(config, issuer, (await import('./tunnel/advice.ts')).redirectUris(config, issuer)))
    await watch(issuer, config.listen, out, over)
    const reason = await over
    if (reason === 'stopped') return 0
    err(`latchkey: the tunnel ended: ${reason}\n`)
    return 1
  } finally {
    await opened.close()
  }
}

const intro = (config: Config, issuer: string, uris: string): string =>
  [
    `${issuer} leads to ${addressOf(config.listen)} while this runs.\n`,
    config.issuer === issuer ? '' : `In the configuration:  "issuer": "${issuer}"\n`,
    `Register at the providers:\n${uris}`,
  ].join('')

/** Says how things stand whenever that changes, until all is well. */
async function watch(
  issuer: string,
  listen: ListenConfig,
  out: (text: string) => void,
  over: Promise<unknown>,
): Promise<void> {
  const [{ reach }, { advice }] = await Promise.all([
    import('./tunnel/reach.ts'),
    import('./tunnel/advice.ts'),
  ])
  const places = { local: `http://${addressOf(listen)}`, issuer }
  const ended = over.then(() => 'over' as const)
  let said = ''
  for (;;) {
    const found = await Promise.race([reach(places), ended])
    if (found === 'over') return
    const text = advice(found, places)
    if (text !== said) out(text)
    said = text
    if (found.state === 'ready' || (await Promise.race([after(pause), ended])) === 'over') return
  }
}

async function printedAddress(
  opened: { onText(listener: (text: string) => void): void },
  over: Promise<unknown>,
  { addressIn, wholeLines }: Pick<typeof import('./tunnel/ssh.ts'), 'addressIn' | 'wholeLines'>,
): Promise<string | undefined> {
  let text = ''
  const printed = new Promise<string>((resolve) => {
    opened.onText((more) => {
      text = `${text}${more}`.slice(-10_000)
      const found = addressIn(wholeLines(text))
      if (found !== undefined) resolve(found)
    })
  })
  return Promise.race([printed, over.then(() => undefined), after(patience).then(() => addressIn(text))])
}

const after = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, ms, undefined).unref())

function publicOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    return undefined
  const loopback = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback) ? url.origin : undefined
}

/** Where a server that listens everywhere is reached from here. */
const loopbackOf = ({ host }: ListenConfig): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host

function addressOf(listen: ListenConfig): string {
  const host = loopbackOf(listen)
  return `${host.includes(':') ? `[${host}]` : host}:${listen.port}`
}
