import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Command } from 'commander'
import type { StorageConfig } from '../config/index.ts'
import type { MigrationStep, Moved } from '../storage/index.ts'
import { UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { fold, table } from './print.ts'

interface Flags {
  config?: string
  dryRun: boolean
  from?: string
  to?: string
  json: boolean
}

export function addMigrateCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('migrate')
    .description('bring the schema up to date, or move an installation into another database')
    .option(config.option, config.help)
    .option('--dry-run', 'say what is missing, and change nothing', false)
    .option('--from <storage>', 'move from there, as "storage" would name it: sqlite:<file>, postgres://...')
    .option('--to <storage>', 'into this database, which must be empty')
    .option(
      '--json',
      'print {"applied": [{"version", "name"}]}, {"pending": [...]} or {"moved": {"users", ...}}',
      false,
    )
    .addHelpText(
      'after',
      `
"latchkey serve" does the first by itself, unless it is told --no-migrate.
Moving needs no configuration. Stop every server before, and change "storage" after: the old database stays as it is, and
takes no writes meanwhile. \${NAME} comes from the environment, so that a password need not stand here:
    latchkey migrate --from sqlite:./latchkey.db --to '\${DATABASE_URL}'`,
    )
    .action(async (flags: Flags) => end(await migrate(flags, context)))
}

async function migrate(flags: Flags, context: CommandContext): Promise<ExitCode> {
  const { from, to } = flags
  if (from !== undefined && to !== undefined) return moveAll({ ...flags, from, to }, context)
  if (from !== undefined || to !== undefined) throw new UsageError('--from and --to go together')
  const { config: file } = flags
  const { env, cwd } = context
  const { loadConfig } = await import('../config/index.ts')
  const { storage } = await loadConfig({ ...(file === undefined ? {} : { file }), env, cwd })
  if (isInMemory(storage)) {
    throw new UsageError(
      'the database of this configuration is in the memory of the server, which migrates it',
    )
  }
  const steps = await (flags.dryRun ? pendingOf(storage) : apply(storage))
  if (flags.json) {
    const list = steps.map(({ version, name }) => ({ version, name }))
    context.out(`${JSON.stringify(flags.dryRun ? { pending: list } : { applied: list })}\n`)
    return 0
  }
  if (steps.length === 0) context.out('The schema is up to date.\n')
  const state = flags.dryRun ? 'missing' : 'applied'
  for (const { version, name } of steps) context.out(`${state}  ${version} ${name}\n`)
  return 0
}

const isInMemory = (storage: StorageConfig): boolean =>
  storage.engine === 'sqlite' && storage.file === ':memory:'

/** A file that is not there, and is not to be made. */
const isMissing = (storage: StorageConfig): boolean =>
  storage.engine === 'sqlite' && !existsSync(storage.file)

async function open(storage: StorageConfig) {
  const [{ openInstallation }, { systemClock }] = await Promise.all([
    import('../storage/index.ts'),
    import('../clock.ts'),
  ])
  return openInstallation(storage, systemClock)
}

async function pendingOf(storage: StorageConfig): Promise<readonly MigrationStep[]> {
  if (isMissing(storage)) return (await import('../storage/index.ts')).migrations
  const { schema, close } = await open(storage)
  try {
    return await schema.pending()
  } finally {
    await close()
  }
}

async function apply(storage: StorageConfig): Promise<MigrationStep[]> {
  const { schema, close } = await open(storage)
  try {
    return await schema.migrate()
  } finally {
    await close()
  }
}

async function moveAll(
  flags: Flags & { from: string; to: string },
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.dryRun) throw new UsageError('--dry-run is for the schema: moving has no trial')
  const { storageFromText } = await import('../config/index.ts')
  const read = (name: 'from' | 'to'): StorageConfig => {
    const { storage, problem } = storageFromText(flags[name], { env: context.env, baseDir: context.cwd })
    if (problem !== undefined) throw new UsageError(`--${name} ${problem}`)
    if (isInMemory(storage)) throw new UsageError(`--${name} is in memory, where nobody else reaches it`)
    return storage
  }
  const [from, to] = [read('from'), read('to')]
  if (isDeepStrictEqual(from, to)) throw new UsageError('--from and --to are the same database')
  if (isMissing(from)) throw new UsageError('--from names a file that is not there')
  const { move } = await import('../storage/index.ts')
  const source = await open(from)
  try {
    const target = await open(to)
    try {
      const moved = await move(source, target, { onProgress: progressTo(context) })
      context.out(flags.json ? `${JSON.stringify({ moved })}\n` : told(moved))
      return 0
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

const told = (moved: Moved): string =>
  table([['TABLE', 'ROWS'], ...Object.entries(moved).map(([name, rows]) => [name, `${rows}`])]) +
  `${fold('Everything is there. Point "storage" at the new database, and start; "secrets" stay as they are. The old one is unchanged: start no server on it any more.')}\n`

const tellEvery = 100_000

const progressTo =
  ({ err }: CommandContext) =>
  (name: string, rows: number): void => {
    if (rows % tellEvery === 0) err(`latchkey: ${rows} rows of ${name} are there\n`)
  }
