import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import type { ProviderGuide } from '../config/index.ts'
import { oneMore, UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import type { AnswerFlags } from './init/answers.ts'
import type { Variable } from './init/files.ts'
import { fold } from './print.ts'
import { printTraps } from './provider-guide.ts'

interface InitFlags extends AnswerFlags {
  config?: string
  ts: boolean
  json: boolean
}

export function addInitCommand(
  program: Command,
  context: CommandContext,
  config: { option: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('init')
    .description('write a configuration and a fresh secret, and say what to register where')
    .option(config.option, 'where to write it (default: latchkey.config.json here)')
    .option('--origin <url>', 'of the app, as browsers show it; repeatable', oneMore)
    .option(
      '--issuer <url>',
      'where browsers reach Latchkey (default: http://127.0.0.1:4000 for an app on this machine)',
    )
    .option('--provider <id>', 'of the catalogue; repeatable', oneMore)
    .option('--ts', 'write latchkey.config.ts', false)
    .option(
      '--json',
      'print {"file", "env_file", "issuer", "redirect_uris": {id: uri}, "environment"}',
      false,
    )
    .addHelpText(
      'after',
      `
At a terminal it asks for what is left out. The secret goes into .env beside the configuration, which is kept to its owner
and out of git; nothing that is there is overwritten.`,
    )
    .action(async (flags: InitFlags) => end(await init(flags, context)))
}

async function init(flags: InitFlags, context: CommandContext): Promise<ExitCode> {
  const file = await placeFor(flags, context)
  const [{ answersOf }, { asCode, asJson, configurationOf, secretName }, files, { guideTo, isLoopbackHost }] =
    await Promise.all([
      import('./init/answers.ts'),
      import('./init/configuration.ts'),
      import('./init/files.ts'),
      import('../config/index.ts'),
    ])
  const answers = await answersOf(flags, context)
  const { issuer, providers } = answers
  const guides = providers.map((entry) => guideTo(entry, { issuer }))
  const config = configurationOf(answers)
  const folder = dirname(file)
  const schema = './node_modules/@latchkey/server/config.schema.json'
  const schemaThere = existsSync(join(folder, schema)) ? schema : undefined

  const envFile = join(folder, '.env')
  const secret = {
    name: secretName,
    value: randomBytes(32).toString('base64url'),
    note: `What ${basename(file)} takes from the environment. Keep it to yourself.`,
  }
  const { added, open } = await files.addVariables(envFile, [secret, ...guides.flatMap(variablesOf)])
  // Last: a configuration that is there has everything it names.
  await files.writeNew(file, extname(file) === '.json' ? asJson(config, schemaThere) : asCode(config), 0o666)
  const ignored = await files.ignore(folder, ['.env', 'latchkey.db*'])

  const environment = guides.flatMap((guide) => guide.environment)
  const uris = Object.fromEntries(guides.map(({ id, redirect_uri }) => [id, redirect_uri]))
  if (flags.json) {
    context.out(`${JSON.stringify({ file, env_file: envFile, issuer, redirect_uris: uris, environment })}\n`)
    return 0
  }
  for (const uri of Object.values(uris)) context.out(`${uri}\n`)
  const told = [
    `Wrote ${basename(file)}, for ${issuer}.`,
    added.includes(secretName)
      ? `A fresh ${secretName} is in .env: keep it, since everything in the database is sealed with it.`
      : `${secretName} was in .env already, and stays as it was.`,
    ...(open ? ['Others on this machine may read .env: chmod 600 .env'] : []),
    ...(ignored ? [] : ['Keep .env and latchkey.db out of version control.']),
  ]
  for (const sentence of told) context.err(`${fold(sentence)}\n`)
  for (const guide of guides) context.err(registration(guide))
  const local = isLoopbackHost(new URL(issuer).hostname)
  context.err(next(file, { guides, local, cwd: context.cwd }))
  return 0
}

/** A file that is not there yet. */
async function placeFor({ config, ts }: InitFlags, { cwd }: CommandContext): Promise<string> {
  const { configFileNames } = await import('../config/index.ts')
  const file = resolve(cwd, config ?? (ts ? 'latchkey.config.ts' : 'latchkey.config.json'))
  if (!['.json', '.ts', '.mts', '.js', '.mjs'].includes(extname(file))) {
    throw new UsageError('--config: give the file one of the endings .json, .ts, .mts, .js, .mjs')
  }
  if (ts && extname(file) === '.json') throw new UsageError('--ts: the file named by --config is JSON')
  const there =
    config === undefined
      ? configFileNames.find((name) => existsSync(join(cwd, name)))
      : existsSync(file) && config
  if (there) {
    throw new UsageError(`${there} is there already, and stays as it is: "latchkey add provider" adds to it`)
  }
  return file
}

const variablesOf = ({ name, console, redirect_uri, environment }: ProviderGuide): Variable[] =>
  environment.map((variable, index) => ({
    name: variable,
    value: '',
    ...(index === 0 && {
      note: `${name}: register ${redirect_uri}${console === undefined ? '' : ` at ${console}`}`,
    }),
  }))

function registration(guide: ProviderGuide): string {
  const { name, console, redirect_uri, environment } = guide
  const where = console === undefined ? `at ${name}` : `at ${console}`
  const first = `${name}: register ${redirect_uri} ${where}, and fill in ${environment.join(', ')} in .env.`
  return `\n${fold(first)}\n${printTraps(guide)}`
}

interface Next {
  guides: readonly ProviderGuide[]
  /** Whether the issuer is on this machine. */
  local: boolean
  cwd: string
}

function next(file: string, { guides, local, cwd }: Next): string {
  const found = dirname(file) === cwd && basename(file).startsWith('latchkey.config.')
  const config = found ? '' : ` --config ${relative(cwd, file)}`
  const flags = `${config} --env-file ${relative(cwd, join(dirname(file), '.env'))}`
  const commands = [
    [
      `add provider ID${config}`,
      'somewhere to sign in; "latchkey providers" lists them',
      guides.length === 0,
    ],
    [`dev${config}`, 'a first try, with made-up people', local],
    [`check${flags}`, 'names every mistake, starts nothing', true],
    [`serve${flags}`, 'prints "ready" when it answers', true],
  ] as const
  const shown = commands.filter(([, , wanted]) => wanted)
  const width = Math.max(...shown.map(([command]) => command.length))
  const lines = shown.map(([command, does]) => `  npx --no latchkey ${command.padEnd(width)}  # ${does}\n`)
  return `\nNext:\n${lines.join('')}`
}
