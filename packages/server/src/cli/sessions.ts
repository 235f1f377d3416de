import type { Command } from 'commander'
import { pageOf } from '../cursor.ts'
import type { Session } from '../storage/index.ts'
import { type PageFlags, pageOptions } from './arguments.ts'
import { type Beside, beside } from './beside.ts'
import { type CommandContext, type ExitCode, operator } from './context.ts'
import { table, time } from './print.ts'

interface Flags {
  config?: string
  json: boolean
}

/** `latchkey sessions ...`: works beside a running server, which notices at once. */
export function addSessionsCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  const sessions = program.command('sessions').description('list and end the sessions of users')
  sessions
    .command('list')
    .description('list the living sessions of a user, the newest first')
    .requiredOption('--user <id>', 'whose')
    .option(config.option, config.help)
    .option(...pageOptions.limit)
    .option(...pageOptions.cursor)
    .option(
      '--json',
      'print {"sessions": [{"id", "client_id", "provider", "device"?, "created_at", "last_used_at", "expires_at"}], "next_cursor"?}',
      false,
    )
    .action(async (flags: Flags & PageFlags & { user: string }) => end(await listSessions(flags, context)))
  sessions
    .command('revoke [id]')
    .description('end a session, or all of a user')
    .option('--user <id>', 'all sessions of this user, in place of one')
    .option(config.option, config.help)
    .option('--json', 'print {"revoked": [id]}', false)
    .addHelpText(
      'after',
      '\nAccess tokens that are out are good until they expire, at services that do not ask.',
    )
    .action(async (id: string | undefined, flags: Flags & { user?: string }) =>
      end(await revoke(id, flags, context)),
    )
}

const shown = (session: Session) => ({
  id: session.id,
  client_id: session.clientId,
  provider: session.provider,
  ...(session.device === undefined ? {} : { device: session.device }),
  created_at: time(session.createdAt),
  last_used_at: time(session.rotatedAt),
  expires_at: time(session.idleExpiresAt),
})

function listSessions(
  { user, limit, cursor, ...flags }: Flags & PageFlags & { user: string },
  context: CommandContext,
): Promise<ExitCode> {
  return beside(flags, context, async ({ storage, clock }) => {
    if ((await storage.users.find(user)) === undefined) throw new Error(`there is no user ${user}`)
    const after = cursor === undefined ? {} : { after: cursor }
    const rows = await storage.sessions.listLiving(user, clock.now(), { limit: limit + 1, ...after })
    const { page, next_cursor } = pageOf(rows, limit)
    const all = page.map(shown)
    if (flags.json) {
      const next = next_cursor === undefined ? {} : { next_cursor }
      context.out(`${JSON.stringify({ sessions: all, ...next })}\n`)
      return 0
    }
    const heads = ['ID', 'CLIENT', 'PROVIDER', 'DEVICE', 'CREATED', 'LAST USED']
    const cells = all.map((one) => [
      one.id,
      one.client_id,
      one.provider,
      one.device ?? '',
      one.created_at,
      one.last_used_at,
    ])
    context.out(table([heads, ...cells]))
    if (next_cursor !== undefined) context.err(`There are more: --cursor ${next_cursor}\n`)
    return 0
  })
}

async function revoke(
  id: string | undefined,
  { user, ...flags }: Flags & { user?: string },
  context: CommandContext,
): Promise<ExitCode> {
  if ((id === undefined) === (user === undefined)) {
    context.err('latchkey: name a session, or a user with --user\n')
    return 2
  }
  return beside(flags, context, async (tools) => {
    const revoked = user === undefined ? await revokeOne(id ?? '', tools) : await revokeAllOf(user, tools)
    context.out(
      flags.json
        ? `${JSON.stringify({ revoked })}\n`
        : `Ended ${revoked.length === 0 ? 'none' : revoked.join(', ')}.\n`,
    )
    return 0
  })
}

const ending = ({ requestId }: Beside) => ({ actor: operator, reason: 'revoked_by_operator', requestId })

async function revokeOne(id: string, tools: Beside): Promise<string[]> {
  const session = await tools.storage.sessions.find(id)
  if (session === undefined) throw new Error(`there is no session ${id}`)
  return (await (await endings(tools)).end(session, ending(tools))) ? [id] : []
}

async function revokeAllOf(user: string, tools: Beside): Promise<string[]> {
  if ((await tools.storage.users.find(user)) === undefined) throw new Error(`there is no user ${user}`)
  return (await endings(tools)).endAllOf(user, ending(tools))
}

async function endings({ storage, clock, events }: Beside) {
  const { createSessionEndings } = await import('../session/index.ts')
  return createSessionEndings({ sessions: storage.sessions, clock, events })
}
