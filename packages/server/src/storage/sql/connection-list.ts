import type { ConnectionStore } from '../contract.ts'
import { connectionColumns, toConnection } from './connection-row.ts'
import type { Engine } from './engine.ts'
import { behind } from './limit.ts'
import { prepare } from './statement.ts'

type ListArguments = { user_id: string; at: number; before: string | undefined; limit: number } & Record<
  `provider_${number}`,
  string
>

/** The lists of connections that somebody looks at, as opposed to those that upkeep works off. */
export function createConnectionList(engine: Engine): Pick<ConnectionStore, 'list'> {
  const db = engine.compiler

  const build = (ofUser: boolean, slots: number) =>
    prepare<ListArguments>()((argument) => {
      const page = db
        .selectFrom('connections')
        .select(connectionColumns)
        .where('connected_at', '<=', argument('at'))
        .where((eb) => eb.or([eb('connected_at', '<', argument('at')), eb('id', '<', argument('before'))]))
        .orderBy('connected_at', 'desc')
        .orderBy('id', 'desc')
        .limit(argument('limit'))
      const names = Array.from({ length: slots }, (_, index) => argument(`provider_${index}`))
      const ofProviders = slots === 0 ? page : page.where('provider', 'in', names)
      return ofUser ? ofProviders.where('user_id', '=', argument('user_id')) : ofProviders
    })

  // One statement for each power of two: a list of providers is as long as the configuration makes it, and an engine
  // keeps every statement that it has seen.
  const built = new Map<string, ReturnType<typeof build>>()
  const statementFor = (ofUser: boolean, slots: number) => {
    const key = `${ofUser} ${slots}`
    const statement = built.get(key) ?? build(ofUser, slots)
    built.set(key, statement)
    return statement
  }

  return {
    async list({ userId, providers }, page) {
      const [first] = providers ?? []
      if (providers && first === undefined) return []
      const slots = providers ? 2 ** Math.ceil(Math.log2(providers.length)) : 0
      const named = Object.fromEntries(
        Array.from({ length: slots }, (_, index) => [`provider_${index}`, providers?.[index] ?? first]),
      )
      const list = statementFor(userId !== undefined, slots)
      const rows = await engine.read(list({ ...named, user_id: userId ?? '', ...behind(page) }))
      return rows.map(toConnection)
    },
  }
}
