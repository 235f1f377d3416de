import { type Command, Option } from 'commander'
import type { KeyTools, RotationMode } from '../keys/index.ts'
import type { StoredSigningKey } from '../storage/index.ts'
import { beside } from './beside.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { table, time } from './print.ts'

export interface KeysFlags {
  config?: string
  json: boolean
}

type RotateFlags = KeysFlags & { now?: boolean; revoke?: boolean }

/** `latchkey keys list|rotate`: beside a running server, which takes up within seconds what is done here. */
export function addKeysCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  const keys = program.command('keys').description('show or rotate the keys that sign tokens')
  keys
    .command('list')
    .description('list the signing keys: next, active, retiring')
    .option(config.option, config.help)
    .option(
      '--json',
      'print {"keys": [{"kid", "algorithm", "state", "created_at", "activated_at"?, "retired_at"?, "last_token_expires_at"?}]}',
      false,
    )
    .action(async (flags: KeysFlags) => end(await listKeys(flags, context)))
  keys
    .command('rotate')
    .description('let the next key sign, as soon as every service can know it, and add a new next one')
    .option(config.option, config.help)
    .addOption(
      new Option('--now', 'at once; services that have not seen the key yet ask for it, or refuse').conflicts(
        'revoke',
      ),
    )
    .option(
      '--revoke',
      'for keys that have leaked: sign with a new key at once, and forget all others and what they signed',
    )
    .option('--json', 'print {"rotated", "kid", "begins_at", "revoked": [kid]}', false)
    .addHelpText(
      'after',
      '\nRunning servers take it up within 10 seconds. Tokens signed before stay good until they expire, but with --revoke.',
    )
    .action(async (flags: RotateFlags) => end(await rotateKeys(flags, context)))
}

async function listKeys(flags: KeysFlags, context: CommandContext): Promise<ExitCode> {
  const { stateOf } = await import('../keys/index.ts')
  return withKeys(flags, context, async ({ store, clock, algorithm }) => {
    const rows = await store.list()
    const now = clock.now()
    const all = rows.map((row) => describe(row, stateOf(row, rows, now, algorithm)))
    if (flags.json) {
      context.out(`${JSON.stringify({ keys: all })}\n`)
      return
    }
    const columns = Object.keys(heads) as (keyof typeof heads)[]
    context.out(table([Object.values(heads), ...all.map((key) => columns.map((name) => key[name] ?? ''))]))
  })
}

const heads = {
  kid: 'KID',
  algorithm: 'ALGORITHM',
  state: 'STATE',
  created_at: 'CREATED',
  activated_at: 'ACTIVATED',
  retired_at: 'RETIRED',
  last_token_expires_at: 'LAST TOKEN EXPIRES',
}

const describe = (row: StoredSigningKey, state: string): Partial<Record<keyof typeof heads, string>> => ({
  ...{ kid: row.kid, algorithm: row.algorithm, state, created_at: time(row.createdAt) },
  ...(row.activatedAt !== undefined && { activated_at: time(row.activatedAt) }),
  ...(row.retiredAt !== undefined && { retired_at: time(row.retiredAt) }),
  ...(row.lastExpiresAt !== undefined && { last_token_expires_at: time(row.lastExpiresAt) }),
})

async function rotateKeys(flags: RotateFlags, context: CommandContext): Promise<ExitCode> {
  const { rotateSigningKeys } = await import('../keys/index.ts')
  return withKeys(flags, context, async (tools) => {
    const mode = modeOf(flags)
    const { rotated, kid, beginsAt, revoked } = await rotateSigningKeys(mode, tools)
    if (flags.json) {
      context.out(`${JSON.stringify({ rotated, kid, begins_at: time(beginsAt), revoked })}\n`)
      return
    }
    const begins = beginsAt > tools.clock.now() ? `signs from ${time(beginsAt)} on` : 'signs now'
    if (!rotated) context.out(`A rotation is under way: ${kid} ${begins}. Nothing was changed.\n`)
    else context.out(`${kid} ${begins}. ${told[mode]}\n`)
    for (const gone of revoked) context.out(`${gone} is forgotten.\n`)
  })
}

const modeOf = ({ now, revoke }: RotateFlags): RotationMode => {
  if (revoke === true) return 'revoke'
  return now === true ? 'now' : 'planned'
}

const told: Record<RotationMode, string> = {
  planned:
    'Until then the key before it signs, so that every service knows the new one in time; --now does not wait.',
  now: 'Services that have not seen it yet ask for it when its first token comes.',
  revoke:
    'Tokens of all earlier keys are refused as soon as a service asks for the keys again, within 5 minutes.',
}

function withKeys(
  flags: KeysFlags,
  context: CommandContext,
  act: (tools: KeyTools) => Promise<void>,
): Promise<ExitCode> {
  return beside(flags, context, async ({ config, storage, clock, events }) => {
    const { createKeyring } = await import('../sealing/index.ts')
    await act({
      store: storage.signingKeys,
      sealer: createKeyring(config.secrets).sealer('signing-key'),
      ...{ clock, events },
      algorithm: config.tokens.algorithm,
      accessTokenSeconds: config.tokens.accessTokenSeconds,
    })
    return 0
  })
}
