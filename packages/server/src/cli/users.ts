import type { Command } from 'commander'
import { pageOf } from '../cursor.ts'
import type { Identity, User } from '../storage/index.ts'
import { type PageFlags, pageOptions, readDuration } from './arguments.ts'
import { type Beside, beside } from './beside.ts'
import type { CommandContext, ExitCode } from './context.ts'
import { table, time } from './print.ts'
import { changeUser, eraseUser } from './user-changes.ts'

interface Flags {
  config?: string
  json: boolean
}
type ListFlags = Flags & PageFlags & { email?: string }

/** `latchkey users ...`: works beside a running server, which notices at once. */
export function addUsersCommand(
  program: Command,
  context: CommandContext,
  config: { option: string; help: string },
  end: (code: ExitCode) => void,
): void {
  const users = program.command('users').description('list, invite, disable and erase users')
  const command = (name: string, description: string, prints: string) =>
    users
      .command(name)
      .description(description)
      .option(config.option, config.help)
      .option('--json', `print ${prints}`, false)
  const user = '{"id", "name"?, "email"?, "email_verified"?, "created_at", "disabled_at"?}'

  command('list', 'list users, the newest first', `{"users": [${user}], "next_cursor"?}`)
    .option('--email <address>', 'only those with this verified e-mail address')
    .option(...pageOptions.limit)
    .option(...pageOptions.cursor)
    .action(async (flags: ListFlags) => end(await listUsers(flags, context)))

  command(
    'show <id>',
    'show a user, with what signs them in',
    `{${user.slice(1, -1)}, "identities", "sessions"}`,
  ).action(async (id: string, flags: Flags) => end(await showUser(id, flags, context)))

  command('invite', 'make a code that lets one person become a user', '{"invite", "expires_at", "email"?}')
    .option('--email <address>', 'only for this e-mail address, verified by the provider')
    .option('--expires <time>', 'for how long it is good: 30m, 12h, 7d', readDuration, readDuration('7d'))
    .addHelpText(
      'after',
      '\nThe app sends the code as "invite" when it starts signing in. It works once, where "signup" is "invite".',
    )
    .action(async (flags: Flags & { email?: string; expires: number }) => end(await invite(flags, context)))

  command(
    'disable <id>',
    'end every session of a user, disconnect their accounts, and let them sign in no more',
    '{"id", "changed"}',
  ).action(async (id: string, flags: Flags) => end(await changeUser('disable', id, flags, context)))
  command('enable <id>', 'let a disabled user sign in again', '{"id", "changed"}').action(
    async (id: string, flags: Flags) => end(await changeUser('enable', id, flags, context)),
  )
  command(
    'erase <id>',
    'erase a user, with identities, sessions and connections, for good',
    '{"id", "changed"}',
  )
    .option('-y, --yes', 'do not ask', false)
    .action(async (id: string, flags: Flags & { yes: boolean }) => end(await eraseUser(id, flags, context)))
}

const shown = (user: User) => ({
  id: user.id,
  ...(user.name === undefined ? {} : { name: user.name }),
  ...(user.email === undefined ? {} : { email: user.email, email_verified: user.emailVerified === true }),
  created_at: time(user.createdAt),
  ...(user.disabledAt === undefined ? {} : { disabled_at: time(user.disabledAt) }),
})

const shownIdentity = ({ id, provider, subject, label, verifiedEmail, createdAt }: Identity) => ({
  ...{ id, provider, subject },
  ...(label === undefined ? {} : { label }),
  ...(verifiedEmail === undefined ? {} : { verified_email: verifiedEmail }),
  created_at: time(createdAt),
})

function listUsers(flags: ListFlags, context: CommandContext): Promise<ExitCode> {
  return beside(flags, context, async ({ storage }) => {
    const { page, next_cursor } = await read(flags, storage.users)
    if (flags.json) {
      const next = next_cursor === undefined ? {} : { next_cursor }
      context.out(`${JSON.stringify({ users: page.map(shown), ...next })}\n`)
      return 0
    }
    const rows = page.map((user) => [
      user.id,
      user.name ?? '',
      user.email ?? '',
      time(user.createdAt),
      stateOf(user),
    ])
    context.out(table([['ID', 'NAME', 'E-MAIL', 'CREATED', 'STATE'], ...rows]))
    if (next_cursor !== undefined) context.err(`There are more: --cursor ${next_cursor}\n`)
    return 0
  })
}

async function read({ email, limit, cursor }: ListFlags, users: Beside['storage']['users']) {
  if (email !== undefined) return { page: await users.findByVerifiedEmail(email.toLowerCase(), limit) }
  return pageOf(
    await users.list({ limit: limit + 1, ...(cursor === undefined ? {} : { after: cursor }) }),
    limit,
  )
}

const stateOf = ({ disabledAt }: User) => (disabledAt === undefined ? '' : `disabled ${time(disabledAt)}`)

function showUser(id: string, flags: Flags, context: CommandContext): Promise<ExitCode> {
  return beside(flags, context, async ({ storage, clock }) => {
    const user = await storage.users.find(id)
    if (user === undefined) throw new Error(`there is no user ${id}`)
    const identities = await storage.users.listIdentities(id)
    const sessions = await storage.sessions.listLiving(id, clock.now(), { limit: 1001 })
    if (flags.json) {
      const whole = { ...shown(user), identities: identities.map(shownIdentity), sessions: sessions.length }
      context.out(`${JSON.stringify(whole)}\n`)
      return 0
    }
    const facts = Object.entries({
      ...shown(user),
      sessions: sessions.length > 1000 ? 'more than 1000' : sessions.length,
    })
    context.out(table(facts.map(([name, value]) => [name, String(value)])))
    const rows = identities.map(({ id: identity, provider, subject, label, createdAt }) => [
      identity,
      provider,
      subject,
      label ?? '',
      time(createdAt),
    ])
    context.out(`\n${table([['IDENTITY', 'PROVIDER', 'SUBJECT', 'LABEL', 'CREATED'], ...rows])}`)
    return 0
  })
}

function invite(
  { email, expires, ...flags }: Flags & { email?: string; expires: number },
  context: CommandContext,
): Promise<ExitCode> {
  return beside(flags, context, async ({ config, storage, clock }) => {
    const { issueInvite } = await import('../identity/index.ts')
    const expiresAt = clock.now() + expires
    const made = await issueInvite({ expiresAt, ...(email === undefined ? {} : { email }) }, storage.oneTime)
    if (made === 'invalid_email') {
      context.err('latchkey: this is not an e-mail address\n')
      return 2
    }
    if (config.signup !== 'invite') {
      context.err(
        `latchkey: "signup" is "${config.signup}" in this configuration, so that nobody needs the code\n`,
      )
    }
    const { code, email: address } = made
    if (flags.json) {
      const whole = {
        invite: code,
        expires_at: time(expiresAt),
        ...(address === undefined ? {} : { email: address }),
      }
      context.out(`${JSON.stringify(whole)}\n`)
      return 0
    }
    context.out(`${code}\n`)
    const whose = address === undefined ? '' : `, for ${address}`
    context.err(`Works once, until ${time(expiresAt)}${whose}.\n`)
    return 0
  })
}
