import { open } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Environment } from './environment.ts'
import { ConfigError } from './errors.ts'
import { JsoncError, parseJsonc } from './jsonc.ts'
import type { Path } from './path.ts'
import { resolveUnknown } from './resolve.ts'
import type { Config } from './types.ts'

export interface LoadOptions {
  /** Relative to `cwd`. Without it, the one `latchkey.config.*` that `cwd` holds. */
  file?: string
  env: Environment
  cwd: string
}

/** What `loadConfig` looks for when no file is named. */
export const configFileNames = [
  'latchkey.config.json',
  'latchkey.config.ts',
  'latchkey.config.mts',
  'latchkey.config.js',
  'latchkey.config.mjs',
] as const

const largest = 1024 * 1024

/**
 * Reads a configuration file: JSON, with comments and trailing commas, or a module whose default export is the
 * configuration. Relative paths in it start from its folder.
 *
 * @throws ConfigError `invalid_config`
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { env, cwd } = options
  const found = await readConfig(options)
  if (found === undefined) {
    throw wrongFile(cwd, 'holds no latchkey.config.json, .ts, .mts, .js or .mjs', 'name a file with --config')
  }
  const { value, path, duplicates } = found
  return resolveUnknown(value, { env, baseDir: dirname(path), source: basename(path), duplicates })
}

/** What a configuration file says, not yet looked at. */
interface Read {
  /** The whole path. */
  path: string
  value: unknown
  /** Keys that stand twice. */
  duplicates: readonly Path[]
}

/**
 * @returns undefined where no file is named and none is there
 * @throws ConfigError `invalid_config` for one that cannot be read
 */
export async function readConfig({ file, cwd }: Omit<LoadOptions, 'env'>): Promise<Read | undefined> {
  const path = file === undefined ? await findFile(cwd) : resolve(cwd, file)
  if (path === undefined) return undefined
  const source = basename(path)
  if (extname(path) === '.json') {
    const { value, duplicates } = await readJson(path, source)
    return { path, value, duplicates }
  }
  return { path, value: await readModule(path, source), duplicates: [] }
}

async function findFile(cwd: string): Promise<string | undefined> {
  const found: string[] = []
  for (const name of configFileNames) {
    const handle = await open(join(cwd, name)).catch(() => undefined)
    await handle?.close()
    if (handle !== undefined) found.push(name)
  }
  const [name, ...others] = found
  if (name === undefined) return undefined
  if (others.length > 0) {
    throw wrongFile(cwd, `holds ${found.join(' and ')}`, 'name one of them with --config')
  }
  return join(cwd, name)
}

async function readJson(path: string, source: string) {
  const text = await readText(path, source)
  try {
    return parseJsonc(text)
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error
    throw wrongFile(
      source,
      `is not JSON: ${error.message}`,
      'mend that place; comments and trailing commas are fine',
    )
  }
}

async function readText(path: string, source: string): Promise<string> {
  const handle = await open(path).catch((error: unknown) => {
    throw wrongFile(source, `cannot be read: ${codeOf(error)}`, `see that ${path} exists and is readable`)
  })
  try {
    const { size } = await handle.stat()
    if (size > largest) throw wrongFile(source, 'is larger than 1 MiB', 'is that the right file?')
    return await handle.readFile('utf8')
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw wrongFile(source, `cannot be read: ${codeOf(error)}`, `see that ${path} is a file`)
  } finally {
    await handle.close()
  }
}

async function readModule(path: string, source: string): Promise<unknown> {
  if (!['.ts', '.mts', '.js', '.mjs'].includes(extname(path))) {
    throw wrongFile(source, 'is neither .json nor .ts, .mts, .js or .mjs', 'rename the file')
  }
  await (
    await open(path).catch((error: unknown) => {
      throw wrongFile(source, `cannot be read: ${codeOf(error)}`, `see that ${path} exists and is readable`)
    })
  ).close()
  let module: { default?: unknown }
  try {
    module = await import(pathToFileURL(path).href)
  } catch (error) {
    throw wrongModule(source, error)
  }
  if (module.default === undefined) {
    throw wrongFile(source, 'has no default export', 'write: export default defineConfig({ ... })')
  }
  return module.default
}

/** The error's own text is left out: it may quote the file, and with it a secret. */
function wrongModule(source: string, error: unknown): ConfigError {
  const code = codeOf(error)
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return wrongFile(
      source,
      `is TypeScript, which Node ${process.versions.node} cannot load`,
      'use Node 22.18 or newer, or .mjs',
    )
  }
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') {
    return wrongFile(
      source,
      'is TypeScript inside node_modules, which Node does not load',
      'move the file, or use .mjs',
    )
  }
  return wrongFile(source, `cannot be loaded: ${code}`, 'run it with node to see where it fails')
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something other than an error was thrown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

const wrongFile = (source: string, problem: string, remedy: string): ConfigError =>
  new ConfigError([{ path: '', problem: `${source} ${problem}`, remedy }])
