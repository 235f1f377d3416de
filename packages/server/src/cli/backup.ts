import { resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { fold, time } from './print.ts'

interface Flags {
  config?: string
  json: boolean
}

/** `latchkey backup FILE` and `latchkey restore FILE`, for the embedded database. */
export function addBackupCommands(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('backup <file>')
    .description('copy the embedded database into a new file, while servers run')
    .option(config.option, config.help)
    .option('--json', 'print {"file", "bytes", "schema"}', false)
    .addHelpText(
      'after',
      `
The copy is of one moment, and is examined before its name appears. "secrets" are not in it, and it is of no use without
them: keep them elsewhere.`,
    )
    .action(async (file: string, flags: Flags) => end(await backup(file, flags, context)))
  program
    .command('restore <file>')
    .description('put a backup in the place of the embedded database; stop the servers first')
    .option(config.option, config.help)
    .option('--json', 'print {"file", "replaced"?, "schema"}', false)
    .addHelpText(
      'after',
      `
The backup is examined first and stays where it is. The database that was there is kept under a name that is printed.`,
    )
    .action(async (file: string, flags: Flags) => end(await restore(file, flags, context)))
}

async function backup(to: string, flags: Flags, context: CommandContext): Promise<ExitCode> {
  const file = await embedded(flags, context)
  const { backUpSqlite } = await import('../storage/index.ts')
  const copy = resolve(context.cwd, to)
  const { bytes, version } = await backUpSqlite(file, copy)
  if (flags.json) {
    context.out(`${JSON.stringify({ file: copy, bytes, schema: version })}\n`)
    return 0
  }
  context.out(`${copy}\n`)
  context.err(
    `${fold(`${bytes} bytes, examined and on the disk. The secrets are not in it: without "secrets" as they are now it is of no use.`)}\n`,
  )
  return 0
}

async function restore(from: string, flags: Flags, context: CommandContext): Promise<ExitCode> {
  const file = await embedded(flags, context)
  const [{ restoreSqlite }, { systemClock }] = await Promise.all([
    import('../storage/index.ts'),
    import('../clock.ts'),
  ])
  const aside = `replaced-${time(systemClock.now()).replaceAll(/[:.]/g, '')}`
  const { replaced, version } = await restoreSqlite(resolve(context.cwd, from), file, { aside })
  if (flags.json) {
    context.out(`${JSON.stringify({ file, ...(replaced !== undefined && { replaced }), schema: version })}\n`)
    return 0
  }
  context.out(`${file}\n`)
  const said = [
    ...(replaced === undefined ? [] : [`What was there is kept as ${replaced}.`]),
    'Start the server with the secrets that the backup was made under.',
    'What was ended since then lives again: sign out, disable and erase once more whoever has to be.',
  ]
  for (const sentence of said) context.err(`${fold(sentence)}\n`)
  return 0
}

/** The file that the configuration names. Neither opened nor made. */
async function embedded({ config }: Flags, { env, cwd }: CommandContext): Promise<string> {
  const { loadConfig } = await import('../config/index.ts')
  const { storage } = await loadConfig({ ...(config === undefined ? {} : { file: config }), env, cwd })
  if (storage.engine !== 'sqlite') {
    throw new UsageError(
      'this is for the embedded database; of PostgreSQL make backups by its own means: pg_dump, or continuous archiving',
    )
  }
  if (storage.file === ':memory:') {
    throw new UsageError(
      'the database of this configuration is in the memory of the server, and ends with it',
    )
  }
  return storage.file
}
