import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { UsageError } from './arguments.ts'
import type { CommandContext } from './context.ts'

/**
 * Adds the variables of a file to the environment. What is set already stays as it is, as with `node --env-file`.
 * @throws UsageError when it cannot be read
 */
export async function loadEnvFile(file: string, { env, cwd }: CommandContext): Promise<void> {
  const path = resolve(cwd, file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no file'
    throw new UsageError(`--env-file: ${path} cannot be read: ${code}`)
  })
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (!Object.hasOwn(env, name)) env[name] = value
  }
}
