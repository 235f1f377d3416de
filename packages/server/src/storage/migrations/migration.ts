/**
 * A step of the schema. Numbered without gaps, never edited once released.
 *
 * Expand, then contract: a release adds (tables, nullable columns, indexes) and its code writes both shapes;
 * a later release, whose predecessor no longer reads the old shape, removes it. So the version before keeps
 * working while processes are replaced one after the other, and a release can be taken back.
 */
export interface Migration {
  version: number
  name: string
  /**
   * The oldest code that works on the schema after this step, by that code's latest migration. An expanding
   * step leaves it where it was; a contracting one raises it.
   */
  oldestCode: number
  up(dialect: SchemaDialect): string[]
}

/** Where engines differ in describing tables. */
export interface SchemaDialect {
  /** Compared byte by byte. */
  text: string
  /** Milliseconds since the epoch. */
  time: string
  count: string
  flag: string
  /** After the closing bracket of CREATE TABLE. */
  tableOptions: string
  /** The same, for a table whose rows are updated far more often than they are made. */
  busyTableOptions: string
  /** Before anything is looked at, so that of several processes one migrates. Absent where writers are one after the other. */
  lock?: string
  /** Selects `name` of every table there is. */
  listTables: string
}
