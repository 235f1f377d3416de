import { ConfigError, loadConfig } from '../config/index.ts'
import type { CommandContext, ExitCode } from './context.ts'

/** Reads the configuration as `serve` does, says everything that is wrong with it, starts nothing. */
export async function check(
  { file, json }: { file?: string; json: boolean },
  { out, err, env, cwd }: CommandContext,
): Promise<ExitCode> {
  try {
    const { issuer, warnings } = await loadConfig({ ...(file === undefined ? {} : { file }), env, cwd })
    if (json) {
      out(`${JSON.stringify({ ok: true, issuer, warnings })}\n`)
      return 0
    }
    for (const warning of warnings) err(`warning: ${warning}\n`)
    out(`ok ${issuer}\n`)
    return 0
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error
    out(`${JSON.stringify({ ok: false, mistakes: error.mistakes })}\n`)
    return 2
  }
}
