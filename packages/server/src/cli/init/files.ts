import { appendFile, open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** A variable, with what stands above it for whoever fills it in. */
export interface Variable {
  name: string
  value: string
  note?: string
}

/**
 * Adds to a file of variables what it does not have yet; makes it (mode 0600) where there is none. No line of it changes.
 * @returns what was added, and whether others than its owner may read it
 */
export async function addVariables(
  file: string,
  variables: readonly Variable[],
): Promise<{ added: string[]; open: boolean }> {
  const before = await readIfThere(file)
  const known = parseEnv(before ?? '')
  const missing = variables.filter(({ name }) => !Object.hasOwn(known, name))
  const lines = missing.map(
    ({ name, value, note }) => `${note === undefined ? '' : `# ${note}\n`}${name}=${value}\n`,
  )
  await add(file, lines, before)
  const { mode } = await stat(file)
  return { added: missing.map(({ name }) => name), open: (mode & 0o077) !== 0 }
}

/**
 * Adds names to the `.gitignore` of a folder that it does not cover yet. Makes none.
 * @returns whether there is one
 */
export async function ignore(folder: string, names: readonly string[]): Promise<boolean> {
  const file = join(folder, '.gitignore')
  const before = await readIfThere(file)
  if (before === undefined) return false
  const patterns = before.split('\n').map((line) => asPattern(line.trim()))
  const missing = names.filter((name) => !patterns.some((pattern) => pattern.test(name)))
  await add(
    file,
    missing.map((name) => `${name}\n`),
    before,
  )
  return true
}

/** Of one name in this folder. */
const asPattern = (line: string): RegExp =>
  new RegExp(
    `^${line
      .replace(/^(\*\*\/|\/)/, '')
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function add(file: string, lines: readonly string[], before: string | undefined): Promise<void> {
  const text = lines.join('')
  if (before === undefined) {
    await writeNew(file, text, 0o600)
    return
  }
  const lineEnd = before === '' || before.endsWith('\n') ? '' : '\n'
  if (text !== '') await appendFile(file, `${lineEnd}${text}`)
}

/** Rejects with `EEXIST` for what is there. */
export async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}
