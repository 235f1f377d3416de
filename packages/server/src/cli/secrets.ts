import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Resealed } from '../vault/index.ts'
import { beside } from './beside.ts'
import { type CommandContext, type ExitCode, operator } from './context.ts'

interface SecretsFlags {
  config?: string
  json: boolean
}

/** `latchkey secrets rotate`: beside running servers, which go on handing out what it seals anew. */
export function addSecretsCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  program
    .command('secrets')
    .description('change the secrets that seal the database')
    .command('rotate')
    .description('seal the vault anew with the first of "secrets", while servers run')
    .option(config.option, config.help)
    .option('--json', 'print {"connections", "quarantined", "unreadable": [id], "busy": [id]}', false)
    .addHelpText(
      'after',
      `
It edits no file. Before: put the new secret first in "secrets", leave the old one behind it, restart every server.
After: when it exits with 0, nothing of the vault needs the old secret any more.`,
    )
    .action(async (flags: SecretsFlags) => end(await rotateSecrets(flags, context)))
}

/** Milliseconds between looks at rows that are being renewed. */
const pauseMs = 3_000

async function rotateSecrets(flags: SecretsFlags, context: CommandContext): Promise<ExitCode> {
  return beside(flags, context, async ({ config, storage, clock, events, requestId }) => {
    const [{ createVaultContents, resealVault }, { createKeyring }] = await Promise.all([
      import('../vault/index.ts'),
      import('../sealing/index.ts'),
    ])
    const { connections, quarantine } = storage
    const contents = createVaultContents(createKeyring(config.secrets).sealer('vault'))
    const resealed = await resealVault({
      ...{ connections, quarantine, contents, clock },
      pause: () => wait(pauseMs),
      onProgress: ({ done, total }) => {
        if (total > 0) context.err(`latchkey: ${done} of ${total} connections are sealed anew\n`)
      },
    })
    const { connections: count, quarantined, unreadable, busy } = resealed
    if (count + quarantined > 0) {
      events.emit('secret.rotated', { requestId, actor: operator, data: { connections: count, quarantined } })
    }
    if (flags.json) context.out(`${JSON.stringify(resealed)}\n`)
    else context.out(told(resealed))
    return unreadable.length + busy.length === 0 ? 0 : 1
  })
}

function told({ connections, quarantined, unreadable, busy }: Resealed): string {
  const lines = [
    connections + quarantined === 0
      ? 'Everything in the vault is sealed with the first secret already.'
      : `${connections} connections and ${quarantined} entries in quarantine are sealed with the first secret now.`,
    ...unreadable.map(
      (id) => `${id} was sealed with a secret that is not configured: put it back into "secrets".`,
    ),
    ...busy.map((id) => `${id} was being renewed all the time: run this again.`),
  ]
  if (unreadable.length + busy.length === 0) lines.push('Older secrets are not needed by the vault any more.')
  return `${lines.join('\n')}\n`
}
