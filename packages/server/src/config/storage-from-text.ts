import { type Environment, replaceVariables } from './environment.ts'
import { locateStorage, parseStorage } from './storage-url.ts'
import type { StorageConfig } from './types.ts'

/**
 * A storage as the setting of that name gives it, for commands that are told one. `${NAME}` comes from the environment, so
 * that a password need not stand in a list of processes.
 * @param baseDir what a path is relative to
 */
export function storageFromText(
  text: string,
  { env, baseDir }: { env: Environment; baseDir: string },
): { storage: StorageConfig; problem?: never } | { storage?: never; problem: string } {
  const { value, complaints } = replaceVariables(text, env)
  const [unset] = complaints
  if (unset !== undefined) return { problem: unset.complaint.problem }
  const parsed = parseStorage(String(value))
  if ('complaint' in parsed) return { problem: `${parsed.complaint.problem}; ${parsed.complaint.remedy}` }
  return { storage: locateStorage(parsed.storage, baseDir) }
}
