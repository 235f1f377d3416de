import { lookUpProviders } from './catalogue/look-up.ts'
import { inOwnWords } from './catalogue/own-words.ts'
import type { ConfigInput } from './define.ts'
import { type Environment, replaceVariables } from './environment.ts'
import { ConfigError } from './errors.ts'
import { type Finding, findingsOf, mistakesOf } from './findings.ts'
import { freezeDeep } from './freeze.ts'
import { fromFile } from './from-file.ts'
import { takeHooks } from './hooks.ts'
import { formatPath, isPlainObject, type Path } from './path.ts'
import { clientFindings } from './relations/clients.ts'
import { providerFindings } from './relations/providers.ts'
import { wholeFindings } from './relations/whole.ts'
import { salvage } from './salvage.ts'
import { file } from './schema/file.ts'
import type { Config } from './types.ts'

export interface ResolveOptions {
  /** Where `${NAME}` is looked up. */
  env: Environment
  /** Folder that relative paths start from. */
  baseDir: string
  /** What errors call the configuration, such as the file's name. */
  source?: string
  /** Keys that stand twice in the file. */
  duplicates?: readonly Path[]
}

/**
 * Checks a configuration as a whole and fills in its defaults. Everything that is wrong is reported at once.
 * The result is frozen and shares nothing with `input` but the hooks.
 *
 * @throws ConfigError `invalid_config`
 */
export function resolveConfig(input: ConfigInput, options: ResolveOptions): Config {
  return resolveUnknown(input, options)
}

/** The same for what nobody has typed yet. @throws ConfigError `invalid_config` */
export function resolveUnknown(input: unknown, options: ResolveOptions): Config {
  const { hooks, settings, findings: hookFindings } = takeHooks(isPlainObject(input) ? input : {})
  const written = isPlainObject(input) ? settings : input
  const { value: replaced, complaints } = replaceVariables(written, options.env)
  const lookedUp = lookUpProviders(replaced)
  const { value } = lookedUp
  const parsed = file.safeParse(value)

  const unset: Finding[] = complaints.map(({ path, complaint }) => ({ path, ...complaint }))
  const unsetPaths = new Set(unset.map(({ path }) => formatPath(path)))
  const salvaged = salvage(value)
  const findings = [
    ...(options.duplicates ?? []).map((path) => ({
      path,
      problem: 'stands twice',
      remedy: 'take one of them out',
    })),
    ...unset,
    ...[
      ...lookedUp.findings,
      ...inOwnWords(
        [
          ...(parsed.success ? [] : findingsOf(parsed.error.issues, value)),
          ...clientFindings(salvaged),
          ...providerFindings(salvaged),
          ...wholeFindings(salvaged, value),
        ],
        lookedUp,
      ),
      // what a missing variable leaves behind is not a second mistake
    ].filter(({ path }) => !unsetPaths.has(formatPath(path))),
    ...hookFindings,
  ]
  if (!parsed.success || findings.length > 0) {
    throw new ConfigError(mistakesOf(findings, written), options.source)
  }
  return freezeDeep(fromFile(parsed.data, hooks, options.baseDir, lookedUp.known))
}
