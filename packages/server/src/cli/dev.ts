import { basename, dirname } from 'node:path'
import { type Command, Option } from 'commander'
import type { Config, ListenConfig } from '../config/index.ts'
import type { LogLevel } from '../logging.ts'
import { oneMore, UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import type { FakeProvider } from './dev/testing.ts'
import { fold } from './print.ts'
import type { ServeParts } from './serve.ts'

interface DevFlags {
  config?: string
  origin?: string[]
  logLevel: LogLevel
}

export function addDevCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  { load, end }: { load: () => Promise<ServeParts>; end: (code: ExitCode) => void },
): void {
  program
    .command('dev')
    .description('serve for a first try: made-up people at a fake provider, a database in memory')
    .option(config.option, config.help)
    .option(
      '--origin <url>',
      'of the app, instead of any configuration; repeatable (default without one: http://localhost:5173)',
      oneMore,
    )
    .addOption(
      new Option('--log-level <level>', 'what is logged to standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .addHelpText(
      'after',
      `
Every provider of the configuration is played by @latchkey/testing, under the same id; "storage", "secrets" and what
providers know of the app are left alone, and need not be there. The issuer must be on this machine.`,
    )
    .action(async (flags: DevFlags) => end(await dev(flags, context, load)))
}

/** The fake provider's port, unless it is taken. */
const usualPort = 4400

async function dev(
  flags: DevFlags,
  context: CommandContext,
  load: () => Promise<ServeParts>,
): Promise<ExitCode> {
  const [{ written, baseDir, source }, { faked, membersOf, playedIn }, { loadTesting }] = await Promise.all([
    writtenBy(flags, context),
    import('./dev/faked.ts'),
    import('./dev/testing.ts'),
  ])
  await refuseOutside(await issuerIn(membersOf(written).issuer, context))
  const { createFakeProvider } = await loadTesting(context.cwd)
  const at = (port: number) =>
    createFakeProvider({ name: 'Example Accounts', host: 'localhost', port, plays: playedIn(written) })
  const fake = await at(usualPort).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return at(0)
    throw error
  })
  try {
    const { resolveUnknown } = await import('../config/index.ts')
    const config = resolveUnknown(faked(written, fake), { env: context.env, baseDir, source })
    await refuseOutside(config.issuer, config.listen)
    const [{ serve }, { createLogger }, parts] = await Promise.all([
      import('./serve.ts'),
      import('../logging.ts'),
      load(),
    ])
    const out = (text: string) => context.out(`${text}${banner(config, fake)}`)
    const logger = createLogger({ level: flags.logLevel, destination: { write: context.err } })
    return await serve(config, logger, parts, { ...context, out }, { migrate: true, drainMs: 1_000 })
  } finally {
    await fake.close()
  }
}

/** The configuration that is there, as it is written, or the least that an app needs. */
async function writtenBy({ config, origin = [] }: DevFlags, { cwd }: CommandContext) {
  const { readConfig } = await import('../config/index.ts')
  const named = config === undefined ? {} : { file: config }
  if (config !== undefined && origin.length > 0) throw new UsageError('--origin is instead of --config')
  const found = origin.length > 0 ? undefined : await readConfig({ ...named, cwd })
  if (found !== undefined) {
    return { written: found.value, baseDir: dirname(found.path), source: basename(found.path) }
  }
  const [{ configurationOf }, { localIssuer, readOrigins }] = await Promise.all([
    import('./init/configuration.ts'),
    import('./init/answers.ts'),
  ])
  const origins = readOrigins(origin.length > 0 ? origin : ['http://localhost:5173'])
  const written = configurationOf({ issuer: localIssuer, origins, providers: [] })
  return { written, baseDir: cwd, source: 'the configuration' }
}

async function issuerIn(written: unknown, { env }: CommandContext): Promise<string | undefined> {
  const { issuerOf } = await import('../config/index.ts')
  return issuerOf(written, env)
}

/** Whoever reaches this server signs in as anybody. */
async function refuseOutside(issuer: string | undefined, listen?: ListenConfig): Promise<void> {
  const { isLoopbackHost } = await import('../config/index.ts')
  if (issuer !== undefined && !isLoopbackHost(new URL(issuer).hostname)) {
    throw new UsageError(
      `dev lets everybody in, and its issuer must be on this machine, not ${issuer}: name another configuration with --config, or none with --origin`,
    )
  }
  const host = listen?.host === '::1' ? '[::1]' : listen?.host
  if (host !== undefined && !isLoopbackHost(host)) {
    throw new UsageError(`dev lets everybody in, and listens on this machine alone: "listen" is ${host}`)
  }
}

function banner({ issuer, clients, providers }: Config, fake: FakeProvider): string {
  const [client] = clients
  const people = fake.personas.map(({ id, claims }) => (typeof claims.name === 'string' ? claims.name : id))
  const first = providers.find(({ signIn }) => signIn)
  const lines = [
    fold('A try: everybody may sign in as anybody, and all is forgotten when this ends.'),
    '',
    `  Latchkey       ${issuer}`,
    `  Fake provider  ${fake.origin}`,
    ...(client === undefined
      ? []
      : [`  Your app       ${client.origins.join(', ')}, as the client "${client.id}"`]),
    `  Providers      ${providers.map(({ id }) => id).join(', ')}`,
    `  People         ${people.join(', ')}`,
    '',
    ...(first === undefined || client === undefined
      ? []
      : [
          fold(
            `Open the app and sign in with "${first.id}": auth.signIn({ provider: '${first.id}' }) of @latchkey/browser, with this issuer and clientId "${client.id}". Then choose somebody.`,
          ),
        ]),
  ]
  return `${lines.join('\n')}\n`
}
