import { catalogueList, checkIssuer, findEntry, guideTo, peekConfig } from '../config/index.ts'
import { UsageError } from './arguments.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { table } from './print.ts'
import { printGuide } from './provider-guide.ts'

export interface ProvidersFlags {
  config?: string
  issuer?: string
  protocol?: 'oidc' | 'oauth2' | 'oauth1'
  signIn: boolean
  connect: boolean
  json: boolean
}

/** The catalogue, a line for each. */
export function listProviders(
  { protocol, signIn, connect, json }: ProvidersFlags,
  { out, err }: CommandContext,
): ExitCode {
  const all = catalogueList()
  const chosen = all.filter(
    (entry) =>
      (protocol === undefined || entry.protocol === protocol) &&
      (!signIn || entry.sign_in) &&
      (!connect || !entry.sign_in),
  )
  if (json) {
    out(`${JSON.stringify({ providers: chosen })}\n`)
    return 0
  }
  const rows = chosen.map(({ id, name, protocol: speaks, sign_in, tenant, verified }) => [
    ...[id, cut(name, 18), speaks],
    ...[sign_in ? 'sign in' : 'connect', cut(tenant.join(', '), 8), shortly(verified)],
  ])
  out(table([['ID', 'NAME', 'SPEAKS', 'USE', 'TENANT', 'KNOWN BY'], ...rows]))
  err(`${chosen.length} of ${all.length}. All about one: latchkey providers ID\n`)
  return 0
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`

const shortly = ({ degree, sources }: { degree: string; sources: number }): string =>
  degree === 'documentation' ? 'its docs' : `${sources} source${sources === 1 ? '' : 's'}`

/** What to do to use one of it. Needs no configuration. */
export async function showProvider(
  id: string,
  flags: ProvidersFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { entry, problem } = findEntry(id)
  if (entry === undefined) {
    throw new UsageError(problem)
  }
  const { issuer, keys } = await place(entry.id, flags, context)
  const guides = keys.map((key) => guideTo(entry, { issuer, key }))
  const [guide] = guides
  if (guide === undefined) return 1
  const uris = guides.map(({ redirect_uri }) => redirect_uri)
  context.out(
    flags.json
      ? `${JSON.stringify({ ...guide, redirect_uris: uris })}\n`
      : printGuide(guide, { uris, key: keys[0] ?? id }),
  )
  return 0
}

/** The installation, and the keys under which the provider is configured there: its id, where it is not. */
async function place(id: string, flags: ProvidersFlags, { env, cwd }: CommandContext) {
  if (flags.issuer !== undefined && checkIssuer(flags.issuer).length > 0) {
    throw new UsageError(`--issuer ${checkIssuer(flags.issuer)[0]?.problem}`)
  }
  const file = flags.config === undefined ? {} : { file: flags.config }
  const found = await peekConfig({ ...file, env, cwd })
  const keys = [...(found?.providers ?? [])]
    .filter(([key, { type, catalogue: named = key }]) => type === undefined && named === id)
    .map(([key]) => key)
  return {
    issuer: flags.issuer ?? found?.issuer ?? 'http://127.0.0.1:4000',
    keys: keys.length === 0 ? [id] : keys,
  }
}
