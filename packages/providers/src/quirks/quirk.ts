import type { Entry } from '../entry.ts'
import type { WireRules } from '../wire.ts'

/** A deviation of real providers from the standards, by name. */
export interface Quirk {
  readonly name: string
  /** One line for people. */
  readonly description: string
  /** What it changes on the wire: configuration may then ask for it by name. Empty: it is coped with for everybody, untold. */
  readonly rules?: Partial<WireRules>
  /** Whether an entry has it by what its other fields say. Absent: an entry names it. */
  readonly holds?: (entry: Entry) => boolean
}
