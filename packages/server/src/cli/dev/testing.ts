import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../arguments.ts'

/** As much of `@latchkey/testing` as is used here; it is no dependency, since no server should have it beside it. */
export interface Testing {
  createFakeProvider(options: {
    name: string
    host: 'localhost'
    port: number
    plays: readonly string[]
  }): Promise<FakeProvider>
}

export interface FakeProvider {
  readonly origin: string
  /** Entries for `providers`. */
  readonly oidc: object
  readonly oauth2: object
  readonly oauth1: object
  readonly personas: readonly { id: string; claims: Record<string, unknown> }[]
  played(id: string): { settings: object }
  close(): Promise<void>
}

const name = '@latchkey/testing'

/**
 * Loads the package where the project has it, else where this one is.
 * @throws UsageError when it is nowhere
 */
export async function loadTesting(
  cwd: string,
  load: (specifier: string) => Promise<unknown> = (specifier) => import(specifier),
): Promise<Testing> {
  const module = await load(ofProject(cwd) ?? name).catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!missing) throw error
    throw new UsageError(`dev needs the package ${name}: install it as a development dependency`)
  })
  if (isTesting(module)) return module
  throw new UsageError(`dev needs another version of ${name}: the one of @latchkey/server`)
}

function ofProject(cwd: string): string | undefined {
  try {
    return pathToFileURL(createRequire(join(cwd, 'package.json')).resolve(name)).href
  } catch {
    return undefined
  }
}

const isTesting = (module: unknown): module is Testing =>
  typeof module === 'object' &&
  module !== null &&
  'createFakeProvider' in module &&
  typeof module.createFakeProvider === 'function'
