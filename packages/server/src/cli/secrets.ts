import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Clock } from '../clock.ts'
import type { ResealDeps, Resealed } from '../vault/index.ts'
import { beside } from './beside.ts'
import { type CommandContext, type ExitCode, operator } from './context.ts'

interface SecretsFlags {
  config?: string
  json: boolean
  wrapKey: boolean
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
    .description('seal the vault anew with the first of "secrets" and a new data key, while servers run')
    .option(config.option, config.help)
    .option('--json', 'print {"connections", "quarantined", "unreadable": [id], "busy": [id]}', false)
    .option('--no-wrap-key', 'seal with "secrets" alone, to take the hook "wrapKey" out afterwards')
    .addHelpText(
      'after',
      `
It edits no file. Before: put the new secret first in "secrets", leave the old one behind it, restart every server.
After: when it exits with 0, nothing of the vault needs the old secret any more.

With the hook "wrapKey" each run makes a new data key, unless one of the last day is not done with; then it goes on with
that. Data keys that nothing needs any more go a day after their successor came. --json prints
"dataKeys": {"made": true or false, "dropped": number} then. Stop the servers for --no-wrap-key: while they have the
hook they seal with data keys.`,
    )
    .action(async (flags: SecretsFlags) => end(await rotateSecrets(flags, context)))
}

/** Milliseconds between looks at rows that are being renewed. */
const pauseMs = 3_000

/** Half of the time at most it works: whoever serves meanwhile comes first. */
const longestRestMs = 1_000
const tellEveryMs = 1_000

/** Tells, not more often than once a second, how far it is. */
function progressTo({ err }: CommandContext, clock: Clock): NonNullable<ResealDeps['onProgress']> {
  let toldAt = 0
  return ({ done, total }) => {
    const now = clock.now()
    if (total === 0 || (done < total && now - toldAt < tellEveryMs)) return
    toldAt = now
    err(`latchkey: ${done} of ${total} connections are sealed anew\n`)
  }
}

/** What became of data keys, where there is the hook `wrapKey`. */
interface Rotated extends Resealed {
  dataKeys?: { made: boolean; dropped: number }
}

async function rotateSecrets(flags: SecretsFlags, context: CommandContext): Promise<ExitCode> {
  return beside(flags, context, async ({ config, storage, clock, events, logger, requestId }) => {
    const { dropUnusedDataKeys, openVault, resealVault, rotateDataKey } = await import('../vault/index.ts')
    const { connections, quarantine, vaultKeys } = storage
    const sealBy = flags.wrapKey ? 'data_key' : 'secrets'
    const vault = await openVault({ config, vaultKeys, clock, logger, sealBy })
    const made = flags.wrapKey && (await rotateDataKey(vault, { connections, clock }))
    const resealed: Rotated = await resealVault({
      ...{ connections, quarantine, contents: vault.contents, clock },
      pause: () => wait(pauseMs),
      rest: (workedMs) => wait(Math.min(workedMs, longestRestMs)),
      onProgress: progressTo(context, clock),
    })
    if (vault.dataKeys !== undefined) {
      resealed.dataKeys = {
        made,
        dropped: await dropUnusedDataKeys(vault, { connections, vaultKeys, clock }),
      }
    }
    const { connections: count, quarantined, unreadable, busy, dataKeys } = resealed
    if (count + quarantined > 0 || made) {
      const data = { connections: count, quarantined, ...(dataKeys && { data_keys: dataKeys }) }
      events.emit('secret.rotated', { requestId, actor: operator, data })
    }
    if (flags.json) context.out(`${JSON.stringify(resealed)}\n`)
    else context.out(told(resealed, flags))
    return unreadable.length + busy.length === 0 ? 0 : 1
  })
}

function told(
  { connections, quarantined, unreadable, busy, dataKeys }: Rotated,
  { wrapKey }: SecretsFlags,
): string {
  const key =
    dataKeys !== undefined && wrapKey
      ? `the first secret and ${dataKeys.made ? 'a new' : 'the newest'} data key`
      : 'the first secret'
  const lines = [
    connections + quarantined === 0
      ? `Everything in the vault is sealed with ${key} already.`
      : `${connections} connections and ${quarantined} entries in quarantine are sealed with ${key} now.`,
    ...(dataKeys !== undefined && dataKeys.dropped > 0
      ? [`Data keys that nothing needed any more, and that are gone: ${dataKeys.dropped}.`]
      : []),
    ...unreadable.map(
      (id) => `${id} was sealed with a secret that is not configured: put it back into "secrets".`,
    ),
    ...busy.map((id) => `${id} was being renewed all the time: run this again.`),
  ]
  if (unreadable.length + busy.length === 0) lines.push('Older secrets are not needed by the vault any more.')
  return `${lines.join('\n')}\n`
}
