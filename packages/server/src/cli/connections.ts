import type { Command } from 'commander'
import { pageOf } from '../cursor.ts'
import type { Connection } from '../storage/index.ts'
import type { ShownConnection } from '../vault/index.ts'
import { type PageFlags, pageOptions } from './arguments.ts'
import { type Beside, beside } from './beside.ts'
import { type CommandContext, type ExitCode, operator } from './context.ts'
import { table } from './print.ts'
import { removalsOf } from './vault.ts'

interface Flags {
  config?: string
  json: boolean
}
interface Filter {
  user?: string | undefined
  provider?: string | undefined
}

/** `latchkey connections ...`: works beside a running server, which notices at once. */
export function addConnectionsCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  const connections = program.command('connections').description('list and disconnect the accounts of users')
  const connection =
    '{"id", "user", "provider", "account", "scopes", "status", "reason"?, "expires_at"?, "connected_at", "last_used_at"?}'
  connections
    .command('list')
    .description('list connected accounts, the newest first')
    .option('--user <id>', 'only those of this user')
    .option('--provider <id>', 'only those at this provider')
    .option(config.option, config.help)
    .option(...pageOptions.limit)
    .option(...pageOptions.cursor)
    .option('--json', `print {"connections": [${connection}], "next_cursor"?}`, false)
    .action(async (flags: Flags & PageFlags & Filter) => end(await listConnections(flags, context)))
  connections
    .command('show <id>')
    .description('show a connected account')
    .option(config.option, config.help)
    .option('--json', `print ${connection}`, false)
    .action(async (id: string, flags: Flags) => end(await showConnection(id, flags, context)))
  connections
    .command('disconnect [id]')
    .description('disconnect an account, or all of a user')
    .option('--user <id>', 'all of this user, in place of one')
    .option('--provider <id>', 'with --user: only those at this provider')
    .option(config.option, config.help)
    .option('--json', 'print {"disconnected": [id], "revoked_at_provider": "queued"}', false)
    .addHelpText('after', '\nA running server asks the providers to revoke the tokens, within seconds.')
    .action(async (id: string | undefined, flags: Flags & Filter) =>
      end(await disconnect(id, flags, context)),
    )
}

async function shown(row: Connection, { clock }: Beside): Promise<ShownConnection & { user: string }> {
  const { shownConnection } = await import('../vault/index.ts')
  const { id, ...rest } = shownConnection(row, clock.now())
  return { id, user: row.userId, ...rest }
}

function listConnections(
  { user, provider, limit, cursor, ...flags }: Flags & PageFlags & Filter,
  context: CommandContext,
): Promise<ExitCode> {
  return beside(flags, context, async (tools) => {
    const after = cursor === undefined ? {} : { after: cursor }
    const filter = await filterOf({ user, provider }, tools)
    const rows = await tools.storage.connections.list(filter, { limit: limit + 1, ...after })
    const { page, next_cursor } = pageOf(
      rows.map((row) => ({ ...row, createdAt: row.connectedAt })),
      limit,
    )
    const all = await Promise.all(page.map((row) => shown(row, tools)))
    if (flags.json) {
      const next = next_cursor === undefined ? {} : { next_cursor }
      context.out(`${JSON.stringify({ connections: all, ...next })}\n`)
      return 0
    }
    const heads = ['ID', 'USER', 'PROVIDER', 'ACCOUNT', 'STATUS', 'CONNECTED']
    const cells = all.map(({ id, user: owner, provider: at, account, status, reason, connected_at }) => [
      ...[id, owner, at, account.label ?? account.subject],
      ...[reason === undefined ? status : `${status} (${reason})`, connected_at],
    ])
    context.out(table([heads, ...cells]))
    if (next_cursor !== undefined) context.err(`There are more: --cursor ${next_cursor}\n`)
    return 0
  })
}

/** @throws Error for a user whom nobody knows; a provider may have been taken out of the configuration. */
async function filterOf({ user, provider }: Filter, tools: Beside) {
  if (user !== undefined && (await tools.storage.users.find(user)) === undefined) {
    throw new Error(`there is no user ${user}`)
  }
  return {
    ...(user === undefined ? {} : { userId: user }),
    ...(provider === undefined ? {} : { providers: [provider] }),
  }
}

async function find(id: string, { storage }: Beside): Promise<Connection> {
  const row = await storage.connections.find(id)
  if (row === undefined) throw new Error(`there is no connection ${id}`)
  return row
}

function showConnection(id: string, flags: Flags, context: CommandContext): Promise<ExitCode> {
  return beside(flags, context, async (tools) => {
    const one = await shown(await find(id, tools), tools)
    if (flags.json) {
      context.out(`${JSON.stringify(one)}\n`)
      return 0
    }
    const { account, scopes, ...rest } = one
    const facts = {
      ...rest,
      subject: account.subject,
      label: account.label ?? '',
      requested: scopes.requested.join(' '),
      granted: scopes.granted.join(' '),
    }
    context.out(table(Object.entries(facts)))
    return 0
  })
}

async function disconnect(
  id: string | undefined,
  { user, provider, ...flags }: Flags & Filter,
  context: CommandContext,
): Promise<ExitCode> {
  if ((id === undefined) === (user === undefined) || (id !== undefined && provider !== undefined)) {
    context.err('latchkey: name a connection, or a user with --user\n')
    return 2
  }
  return beside(flags, context, async (tools) => {
    const removals = await removalsOf(tools)
    const by = { actor: operator, requestId: tools.requestId }
    const disconnected: string[] = []
    const away = async (row: Connection) => {
      if (await removals.queue(row, by)) disconnected.push(row.id)
    }
    if (id !== undefined) await away(await find(id, tools))
    else {
      const filter = await filterOf({ user, provider }, tools)
      for (;;) {
        const rows = await tools.storage.connections.list(filter)
        if (rows.length === 0) break
        for (const row of rows) await away(row)
      }
    }
    if (flags.json) {
      context.out(`${JSON.stringify({ disconnected, revoked_at_provider: 'queued' })}\n`)
      return 0
    }
    context.out(`Disconnected ${disconnected.length === 0 ? 'none' : disconnected.join(', ')}.\n`)
    if (disconnected.length > 0) {
      context.err('A running server asks the provider to revoke the tokens, within seconds.\n')
    }
    return 0
  })
}
