import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AddFlags } from './add.ts'
import type { CommandContext, ExitCode } from './context.ts'
import type { ProvidersFlags } from './providers.ts'

/** `latchkey providers [id]` and `latchkey add provider ID`. The catalogue is loaded when one of them runs. */
export function addCatalogueCommands(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('providers [id]')
    .description('the catalogue: what to register where, and what to write into the configuration')
    .option(config.option, config.help)
    .option('--issuer <url>', "the installation, for the redirect URI (default: the configuration's)")
    .addOption(
      new Option('--protocol <protocol>', 'only those that speak it').choices(['oidc', 'oauth2', 'oauth1']),
    )
    .option('--sign-in', 'only those that sign people in', false)
    .option('--connect', 'only those that sign nobody in, whose accounts can be connected', false)
    .option('--json', 'print {"providers": [...]}, or everything about one', false)
    .action(async (id: string | undefined, flags: ProvidersFlags) => {
      const { listProviders, showProvider } = await import('./providers.ts')
      end(id === undefined ? listProviders(flags, context) : await showProvider(id, flags, context))
    })

  program
    .command('add')
    .description('add to the configuration')
    .command('provider <id>')
    .description('add a provider of the catalogue to a JSON configuration, secrets by way of the environment')
    .option(config.option, config.help)
    .option('--as <key>', 'under this key instead of its id; the key is part of the redirect URI')
    .option('--set <key=value>', 'what names the tenant, such as shop=acme; repeatable', readSetting, {})
    .option('--connect', 'people may connect accounts there', false)
    .option('--json', 'print {"id", "key", "file", "redirect_uri", "environment", "console"?}', false)
    .action(async (id: string, flags: AddFlags) => {
      const { addProvider } = await import('./add.ts')
      end(await addProvider(id, flags, context))
    })
}

function readSetting(text: string, before: Record<string, string>): Record<string, string> {
  const [, key, value] = /^([a-z0-9_]+)=(.+)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError('Give key=value, such as shop=acme.')
  }
  return { ...before, [key]: value }
}
