import { type Compilable, type RawBuilder, type RootOperationNode, sql } from 'kysely'
import type { Query, SqlValue, Statement } from './engine.ts'

/** Stands in the compiled query where a value will go. */
interface Slot {
  slot: string
}

const isSlot = (value: unknown): value is Slot =>
  typeof value === 'object' && value !== null && 'slot' in value

const isSqlValue = (value: unknown): value is SqlValue =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

type Arguments<Args> = { [K in keyof Args]: SqlValue | undefined }

/** `argument('id')` is an expression, and `id` a named argument of the statement. */
export type Argument<Args> = <K extends keyof Args & string>(name: K) => RawBuilder<Args[K]>

/**
 * Compiles a query once, with named arguments for the values that come later: building and compiling costs
 * more than running it. The result makes a query of its arguments; `undefined` becomes NULL.
 *
 *     const find = prepare<{ id: string }>()((argument) => db.selectFrom('users').where('id', '=', argument('id')))
 *     engine.read(find({ id }))
 */
export function prepare<Args extends Arguments<Args>>() {
  return <Row>(build: (argument: Argument<Args>) => Compilable<Row>): ((args: Args) => Query<Row>) => {
    const compiled = build((name) => sql`${{ slot: name } satisfies Slot}`).compile()
    const statement: Statement = { sql: compiled.sql, returnsRows: returnsRows(compiled.query) }
    const sources = compiled.parameters.map(toSource<Args>)
    return (args) => ({ statement, values: sources.map((source) => source(args)) })
  }
}

/** SQL in the engine's own words, without values, run once: for the schema. */
export function plain<Row = never>(text: string, returnsRows = false): Query<Row> {
  return { statement: { sql: text, returnsRows }, values: [] }
}

function toSource<Args extends Arguments<Args>>(parameter: unknown): (args: Args) => SqlValue {
  if (isSlot(parameter)) {
    // `Argument` lets through nothing but keys of `Args`.
    const name = parameter.slot as keyof Args
    return (args) => args[name] ?? null
  }
  const constant = toSqlValue(parameter)
  return () => constant
}

/** @throws TypeError for what no engine stores */
export function toSqlValue(value: unknown): SqlValue {
  if (isSqlValue(value)) return value
  throw new TypeError('a value in a query is neither text, number, boolean nor null')
}

const returnsRows = (query: RootOperationNode): boolean =>
  query.kind === 'SelectQueryNode' || ('returning' in query && query.returning !== undefined)
