import type { Environment } from './environment.ts'
import { replaceVariables } from './environment.ts'
import { type LoadOptions, readConfig } from './load.ts'
import { isPlainObject } from './path.ts'
import { checkIssuer } from './uris.ts'

/** What can be seen of a configuration that may not be finished yet. */
export interface Peeked {
  /** The file's whole path. */
  path: string
  /** Undefined where it is missing or wrong. */
  issuer?: string
  /** Providers that are configured, by key. Nothing in them is checked. */
  providers: ReadonlyMap<string, Readonly<Record<string, unknown>>>
}

/**
 * Reads a configuration without judging it: for commands that help to write one.
 * @returns undefined where no file is named and none is there
 * @throws ConfigError `invalid_config` for a file that cannot be read at all
 */
export async function peekConfig(options: LoadOptions): Promise<Peeked | undefined> {
  const found = await readConfig(options)
  if (found === undefined) return undefined
  const raw = isPlainObject(found.value) ? found.value : {}
  const issuer = issuerOf(raw.issuer, options.env)
  const providers = isPlainObject(raw.providers) ? Object.entries(raw.providers) : []
  return {
    path: found.path,
    ...(issuer !== undefined && { issuer }),
    providers: new Map(providers.flatMap(([key, value]) => (isPlainObject(value) ? [[key, value]] : []))),
  }
}

/** The issuer as it will be, or undefined where it is missing or wrong. */
export function issuerOf(written: unknown, env: Environment): string | undefined {
  const { value, complaints } = replaceVariables(written, env)
  const sound = typeof value === 'string' && complaints.length === 0 && checkIssuer(value).length === 0
  return sound ? value : undefined
}
