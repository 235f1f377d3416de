import { type Command, Option } from 'commander'
import type { Config } from '../config/index.ts'
import type { CommandContext, ExitCode } from './context.ts'
import type { Finding } from './doctor/finding.ts'

interface DoctorFlags {
  config?: string
  online: boolean
  provider?: string
  json: boolean
}

export function addDoctorCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('doctor')
    .description('look at configuration, storage, keys and providers, and say what to do')
    .option(config.option, config.help)
    .option('--online', 'ask the issuer and the providers, too: addresses, CORS, clock, registrations', false)
    .option('--provider <id>', 'of the providers, look at this one alone')
    .addOption(
      new Option(
        '--json',
        'print {"ok", "findings": [{"check", "subject"?, "verdict", "evidence", "remedy"?}]}',
      ).default(false),
    )
    .addHelpText(
      'after',
      `
Verdicts: ok, warn, fail, unverifiable (nothing speaks against it, but nobody can tell from here). Exit code 1 with a fail.
--online sends each provider what a sign-in would, with a code that is made up. Nothing is changed anywhere.`,
    )
    .action(async (flags: DoctorFlags) => end(await doctor(flags, context)))
}

async function doctor(flags: DoctorFlags, context: CommandContext): Promise<ExitCode> {
  const { env, cwd, out, err } = context
  const { loadConfig } = await import('../config/index.ts')
  const config = await loadConfig({ ...(flags.config === undefined ? {} : { file: flags.config }), env, cwd })
  const known = config.providers.map(({ id }) => id)
  if (flags.provider !== undefined && !known.includes(flags.provider)) {
    err(`latchkey: there is no provider ${flags.provider}; there are ${known.join(', ')}\n`)
    return 2
  }
  const findings = [
    ...(await examineHouse(config, flags)),
    ...(flags.online ? await examineOutside(config, flags) : []),
  ]
  const ok = findings.every(({ verdict }) => verdict !== 'fail')
  out(flags.json ? `${JSON.stringify({ ok, findings })}\n` : findings.map(lines).join(''))
  return ok ? 0 : 1
}

const chosen = ({ providers }: Config, { provider }: DoctorFlags) =>
  providers.filter(({ id }) => provider === undefined || id === provider)

async function examineHouse(config: Config, flags: DoctorFlags): Promise<Finding[]> {
  const [house, { limitFindings }, { journalFindings }, { systemClock }] = await Promise.all([
    import('./doctor/house.ts'),
    import('./doctor/limits.ts'),
    import('./doctor/journal.ts'),
    import('../clock.ts'),
  ])
  const whole = flags.provider === undefined
  const findings = whole ? [...house.configurationFindings(config), ...limitFindings(config)] : []
  const now = systemClock.now()
  await house.withStorage(config.storage, async (opened) => {
    findings.push(opened.finding)
    if (opened.storage === undefined) return
    if (whole) findings.push(await house.keyFinding(opened.storage, config.tokens, now))
    const outcomes = await opened.storage.providerOutcomes.list()
    for (const { id } of chosen(config, flags)) findings.push(...journalFindings(id, outcomes, now))
  })
  return findings
}

async function examineOutside(config: Config, flags: DoctorFlags): Promise<Finding[]> {
  const [
    { clockFinding, outsideFindings },
    { registrationFindings },
    { createGuardedFetch, createUpstreams },
  ] = await Promise.all([
    import('./doctor/online.ts'),
    import('./doctor/registration.ts'),
    import('../upstream/index.ts'),
  ])
  const { systemClock: clock } = await import('../clock.ts')
  const providers = chosen(config, flags)
  const findings: Finding[] = []
  const { allowPrivateNetworkProviders: allowPrivate } = config
  const fetch = createGuardedFetch({ allowPrivate })
  const upstreams = createUpstreams(providers, { clock, allowPrivate, fetch })
  if (flags.provider === undefined) findings.push(...(await outsideFindings(config)))
  const asked = await Promise.all(
    providers.map(async (provider) => {
      const upstream = upstreams.get(provider.id)
      return upstream === undefined ? [] : registrationFindings(provider, upstream, fetch)
    }),
  )
  findings.push(...asked.flat())
  const [first] = providers
  if (first !== undefined) {
    const place = first.type === 'oidc' ? first.issuer : first.authorizationEndpoint
    findings.push(await clockFinding(place, clock))
  }
  return findings
}

const width = 'unverifiable'.length

function lines({ verdict, check, subject, evidence, remedy }: Finding): string {
  const what = subject === undefined ? check : `${check} ${subject}`
  const advice = remedy === undefined ? '' : `${' '.repeat(width)}  -> ${remedy}\n`
  return `${verdict.padEnd(width)}  ${what}: ${evidence}\n${advice}`
}
