import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import type { LogLevel } from '../logging.ts'
import { versionOf } from '../version.ts'
import { UsageError } from './arguments.ts'
import { addBackupCommands } from './backup.ts'
import { addCatalogueCommands } from './catalogue.ts'
import { addConnectionsCommand } from './connections.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { addDevCommand } from './dev.ts'
import { addDoctorCommand } from './doctor.ts'
import { loadEnvFile } from './env-file.ts'
import { addInitCommand } from './init.ts'
import { addKeysCommand } from './keys.ts'
import { addMigrateCommand } from './migrate.ts'
import { forTerminal } from './print.ts'
import { addSecretsCommand } from './secrets.ts'
import type { ServeParts } from './serve.ts'
import { addSessionsCommand } from './sessions.ts'
import { ofThisProcess } from './this-process.ts'
import { addTunnelCommand } from './tunnel.ts'
import { addUsersCommand } from './users.ts'

/** Loads the server; called only by commands that need it, since it takes most of the time to `ready`. */
export type LoadServer = () => Promise<ServeParts>

const loadServer: LoadServer = async () => {
  const [{ openLatchkey }, { listen }] = await Promise.all([
    import('../latchkey.ts'),
    import('../http/listen.ts'),
  ])
  return { openLatchkey, listen: (server, at) => listen(server, at, { replaceGlobals: true }) }
}

/**
 * The `latchkey` command.
 * @param args what follows the command's name
 * @returns the exit code: 0 done, 1 failed, 2 usage or configuration
 */
export async function main(
  args: string[],
  { out, err, ...process }: CommandContext = ofThisProcess(),
  load: LoadServer = loadServer,
): Promise<ExitCode> {
  let code: ExitCode = 0
  const context: CommandContext = {
    ...process,
    out: (text) => out(forTerminal(text)),
    err: (text) => err(forTerminal(text)),
  }
  const program = createProgram(context, load, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const failed = await report(error, context)
    if (!args.some((arg) => arg.startsWith('--env-file'))) await hintAtEnvFile(error, context)
    return failed
  }
}

async function report(error: unknown, { err }: CommandContext): Promise<ExitCode> {
  const { ConfigError } = await import('../config/index.ts')
  const { scrubText } = await import('../scrub.ts')
  err(`latchkey: ${scrubText(error instanceof Error ? error.message : String(error))}\n`)
  return error instanceof ConfigError || error instanceof UsageError ? 2 : 1
}

/** The variables that are missing may stand in a file that nobody has named. */
async function hintAtEnvFile(error: unknown, { err, cwd }: CommandContext): Promise<void> {
  const { ConfigError } = await import('../config/index.ts')
  const unset =
    error instanceof ConfigError &&
    error.mistakes.some(({ problem }) => problem.startsWith('the environment variable '))
  if (unset && existsSync(join(cwd, '.env'))) err('There is a .env here, which --env-file .env reads.\n')
}

const configOption = '-c, --config <file>'
const configHelp = 'configuration file (default: latchkey.config.json, .ts, .mts, .js or .mjs here)'

interface ServeFlags {
  config?: string
  migrate: boolean
  logLevel: LogLevel
}

function createProgram(context: CommandContext, load: LoadServer, end: (code: ExitCode) => void): Command {
  const program = new Command('latchkey')
    .description('The OAuth backend for single-page apps.')
    .version(versionOf(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .option('--env-file <file>', 'variables for the configuration; what is set already comes first')
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', async (main) => {
      const { envFile } = main.opts<{ envFile?: string }>()
      if (envFile !== undefined) await loadEnvFile(envFile, context)
    })
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .exitOverride()
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 usage or configuration.')

  program
    .command('serve')
    .description('run the server; SIGTERM or SIGINT drains and ends it')
    .option(configOption, configHelp)
    .option('--no-migrate', 'leave the database schema as it is; fails if it is too old')
    .addOption(
      new Option('--log-level <level>', 'what is logged to standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addHelpText(
      'after',
      '\nPrints "ready <issuer>" when requests are answered. Logs are JSON lines on standard error.',
    )
    .action(async (flags: ServeFlags) => end(await runServe(flags, context, load)))

  program
    .command('check')
    .description('check the configuration and name every mistake; starts nothing')
    .option(configOption, configHelp)
    .option('--json', 'print {"ok", "mistakes": [{"path", "problem", "remedy"}]}', false)
    .action(async ({ config, json }: { config?: string; json: boolean }) => {
      const { check } = await import('./check.ts')
      end(await check({ ...(config === undefined ? {} : { file: config }), json }, context))
    })

  const config = { option: configOption, help: configHelp }
  addInitCommand(program, context, config, end)
  addDevCommand(program, context, config, { load, end })
  addCatalogueCommands(program, context, config, end)
  addKeysCommand(program, context, config, end)
  addSecretsCommand(program, context, config, end)
  addUsersCommand(program, context, config, end)
  addSessionsCommand(program, context, config, end)
  addConnectionsCommand(program, context, config, end)
  addMigrateCommand(program, context, config, end)
  addBackupCommands(program, context, config, end)
  addDoctorCommand(program, context, config, end)
  addTunnelCommand(program, context, config, end)

  return program
}

async function runServe(flags: ServeFlags, context: CommandContext, load: LoadServer): Promise<ExitCode> {
  const { env, cwd } = context
  const { loadConfig } = await import('../config/index.ts')
  const config = await loadConfig({ ...(flags.config === undefined ? {} : { file: flags.config }), env, cwd })
  const [{ serve }, { createLogger }, parts] = await Promise.all([
    import('./serve.ts'),
    import('../logging.ts'),
    load(),
  ])
  return serve(config, createLogger({ level: flags.logLevel }), parts, context, { migrate: flags.migrate })
}
