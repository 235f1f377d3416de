import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import {
  addMember,
  findEntry,
  guideTo,
  type Peeked,
  peekConfig,
  snippetFor,
  tenantProblems,
} from '../config/index.ts'
import { UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { fold } from './print.ts'
import { printTraps } from './provider-guide.ts'

export interface AddFlags {
  config?: string
  as?: string
  set: Record<string, string>
  connect: boolean
  json: boolean
}

/** Writes what the configuration needs of a provider, with names of variables in place of secrets. Asks for nothing. */
export async function addProvider(id: string, flags: AddFlags, context: CommandContext): Promise<ExitCode> {
  const { entry, problem } = findEntry(id)
  if (entry === undefined) throw new UsageError(problem)
  const key = flags.as ?? entry.id
  if (!/^[a-z0-9-]{1,64}$/.test(key))
    throw new UsageError('--as takes 1 to 64 lower-case letters, digits and "-"')
  if (flags.connect && entry.signInOnly === true) {
    throw new UsageError(`--connect: ${entry.name} only signs people in; its tokens are the app's own`)
  }
  const wrong = tenantProblems(entry, flags.set)
  if (wrong.length > 0) throw new UsageError(`--set ${wrong.join('; --set ')}`)

  const file = flags.config === undefined ? {} : { file: flags.config }
  const found = await peekConfig({ ...file, env: context.env, cwd: context.cwd })
  if (found === undefined) {
    throw new UsageError('there is no configuration here; name its file with --config')
  }
  if (found.providers.has(key)) {
    throw new UsageError(
      `${basename(found.path)} has a provider "${key}" already; give this one another key with --as`,
    )
  }
  const { provider, environment } = snippetFor(entry, {
    key,
    tenant: flags.set,
    ...(flags.connect && { connect: true }),
  })
  if (extname(found.path) !== '.json') {
    context.err(
      `latchkey: ${basename(found.path)} is code, which this command does not change; add to "providers":\n`,
    )
    context.out(`${JSON.stringify({ [key]: provider }, null, 2).slice(2, -2)}\n`)
    return 1
  }
  await change(found, key, provider)

  const issuer = found.issuer ?? 'http://127.0.0.1:4000'
  const guide = guideTo(entry, { issuer, key })
  const { console, redirect_uri } = guide
  if (flags.json) {
    const told = { id: entry.id, key, file: found.path, redirect_uri, environment, console }
    context.out(`${JSON.stringify(told)}\n`)
    return 0
  }
  context.out(`${redirect_uri}\n`)
  const where = console === undefined ? `at ${entry.name}` : `at ${console}`
  context.err(
    `${fold(`Added "${key}" to ${basename(found.path)}. Register the redirect URI above ${where}, and set ${environment.join(', ')}.`)}\n`,
  )
  if (found.issuer === undefined)
    context.err(
      `${fold('The configuration has no sound "issuer" yet: the redirect URI will begin with it.')}\n`,
    )
  context.err(printTraps(guide))
  return 0
}

/** In one step: a reader finds the old file or the new one. */
async function change({ path }: Peeked, key: string, provider: Record<string, unknown>): Promise<void> {
  const real = await realpath(path)
  const { mode } = await stat(real)
  const edited = edit(await readFile(real, 'utf8'), key, provider, basename(path))
  const beside = `${real}.${process.pid}.new`
  try {
    await writeFile(beside, edited, { mode, flag: 'wx' })
    await rename(beside, real)
  } finally {
    await rm(beside, { force: true })
  }
}

function edit(text: string, key: string, provider: Record<string, unknown>, name: string): string {
  try {
    return addMember(text, ['providers'], key, provider)
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be changed'
    throw new Error(`${name} stays as it is: ${problem}`, { cause: error })
  }
}
