import { type Beside, beside } from './beside.ts'
import { type CommandContext, type ExitCode, operator } from './context.ts'
import { removalsOf } from './vault.ts'

interface Flags {
  config?: string
  json: boolean
}

const done = {
  disable: ['is disabled, every session has ended, and every account is disconnected', 'is disabled already'],
  enable: ['may sign in again', 'is not disabled'],
} as const

/** What is so already is no failure: whoever asked for it has it. */
export function changeUser(
  change: 'disable' | 'enable',
  id: string,
  flags: Flags,
  context: CommandContext,
): Promise<ExitCode> {
  return beside(flags, context, async (tools) => {
    const administration = await administer(tools)
    const outcome = await administration[change](id, { actor: operator, requestId: tools.requestId })
    if (outcome === 'unknown') throw nobody(id)
    const [changed, unchanged] = done[change]
    answer(id, outcome === 'changed', outcome === 'changed' ? changed : unchanged, flags, context)
    return 0
  })
}

/** Asks where somebody can answer. Where nobody can, it has to be said beforehand. */
export async function eraseUser(
  id: string,
  { yes, ...flags }: Flags & { yes: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  if (!yes && context.confirm === undefined) {
    context.err('latchkey: erasing cannot be taken back; without a terminal to ask at, say --yes\n')
    return 2
  }
  return beside(flags, context, async (tools) => {
    const user = await tools.storage.users.find(id)
    if (user === undefined) throw nobody(id)
    const named = [user.name, user.email].filter((part) => part !== undefined).join(', ')
    if (!yes && (await context.confirm?.(`Erase ${id}${named && ` (${named})`} for good?`)) !== true) {
      context.err('Nothing was changed.\n')
      return 1
    }
    const administration = await administer(tools)
    const outcome = await administration.erase(id, { actor: operator, requestId: tools.requestId })
    if (outcome === 'unknown') throw nobody(id)
    answer(id, true, 'is erased', flags, context)
    return 0
  })
}

async function administer(tools: Beside) {
  const { storage, clock, events } = tools
  const { createUserAdministration } = await import('../identity/index.ts')
  const { removeAllOf } = await removalsOf(tools)
  return createUserAdministration({ users: storage.users, clock, events, removeConnections: removeAllOf })
}

const nobody = (id: string) => new Error(`there is no user ${id}`)

function answer(id: string, changed: boolean, words: string, { json }: Flags, { out }: CommandContext): void {
  out(json ? `${JSON.stringify({ id, changed })}\n` : `${id} ${words}.\n`)
}
